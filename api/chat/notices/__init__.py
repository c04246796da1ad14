"""What everybody should know first, at this moment."""
