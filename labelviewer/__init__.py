"""Scan a cybersecurity label, see what it means, compare two."""

__version__ = "0.1.0"
