"""Input about agreements: the steps, what happens afterwards, and the wordings."""
