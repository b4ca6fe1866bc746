"""Label schemes as data: packs are loaded and applied here, never coded."""
