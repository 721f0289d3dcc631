"""Pages and deeds of the board."""
