"""Find what was said, in Japanese: folded spellings, words and parts of words."""
