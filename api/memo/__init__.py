"""One page to print or show at a counter, made from the conversation when it is opened."""
