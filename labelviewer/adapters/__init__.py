"""Ports made real; each third-party library is imported in one file."""
