"""How a turn came about: what was understood, by which model, how long each step took."""
