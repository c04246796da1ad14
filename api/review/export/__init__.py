"""Hand data out: CSV that Excel opens as it should, and JSON lines."""
