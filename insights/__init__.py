"""Goals and the figures managers read."""
