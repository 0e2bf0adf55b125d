"""The system that job centres use to work with companies."""
