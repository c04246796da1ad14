"""Break the real stack at random moments under load, and count what was lost."""
