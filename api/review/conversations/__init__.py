"""Lists of conversations, and one conversation with all that is known of it."""
