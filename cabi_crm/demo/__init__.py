"""The demo municipality: an invented Slagelse, the same each time for the same seed."""
