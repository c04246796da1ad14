"""The chat without JavaScript: one page, one form, the same conversation."""
