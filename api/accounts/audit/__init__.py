"""A row for each call: when, what kind, with what result; never whose."""
