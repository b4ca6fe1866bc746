"""The window; the only room besides camera and screen adapters that knows Qt."""
