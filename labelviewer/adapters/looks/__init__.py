"""Harder looks at a picture: the square codes that a reader misses, found and drawn anew. No text is read here."""
