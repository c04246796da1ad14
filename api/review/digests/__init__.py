"""One row a conversation, kept up to date, so that lists stay quick however much was said."""
