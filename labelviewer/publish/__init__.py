"""The issuer's side: check, sign and lay out labels."""
