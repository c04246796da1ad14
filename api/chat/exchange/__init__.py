"""Rings across processes: what one of them writes is heard in the others at once."""
