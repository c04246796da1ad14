"""From an inbox message to a turn, an outcome and what goes out, in one transaction."""
