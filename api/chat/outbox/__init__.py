"""What goes out: written with the turn, delivered at least once."""
