"""Change what the bot says: drafted by one, approved by another, live without training."""
