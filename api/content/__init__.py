"""The answer catalogue: the words, their sources and their versions."""
