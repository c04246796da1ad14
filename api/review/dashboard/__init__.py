"""Is it any use? First what was judged and said, then how much there was."""
