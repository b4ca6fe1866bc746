"""Plain language: catalogue, dates and numbers the way people say them."""
