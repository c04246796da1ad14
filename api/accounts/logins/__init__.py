"""The mock's login in two steps, and the code sent again."""
