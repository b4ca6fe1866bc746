"""One view model a page: frozen state and pure derivation."""
