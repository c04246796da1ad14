"""Who works here: accounts, roles, passwords, second factor, sessions."""
