"""The bundled samples, and how they are made."""
