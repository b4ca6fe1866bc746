"""The use case: stages in order, and the ports they need."""
