"""What people asked and the bot could not answer, in groups."""
