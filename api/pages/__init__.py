"""What every page shares: layout, style, headers."""
