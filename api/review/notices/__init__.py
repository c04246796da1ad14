"""Service notices: staff write them, every conversation begins with them."""
