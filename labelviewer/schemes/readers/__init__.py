"""The closed set of readers that a pack may name."""
