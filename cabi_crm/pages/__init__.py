"""The roof: home, help, health, and what every page gets."""
