"""Graph components, one a file."""
