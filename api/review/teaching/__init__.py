"""Corrections become training data: rewritten by staff, tried, adopted, taken back."""
