"""What the searches look for: a part of one name in twenty, and of one in eight hundred."""

COMMON, RARE = "gaard", "muslingev"
