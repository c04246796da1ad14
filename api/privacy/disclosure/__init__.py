"""Everything that is kept about one person's conversation, in one file for that person."""
