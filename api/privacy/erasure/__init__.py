"""A person takes a conversation back: nothing of it stays, but a receipt."""
