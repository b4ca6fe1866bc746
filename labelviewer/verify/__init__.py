"""Bytes, trust and time in; a report out. No IO."""
