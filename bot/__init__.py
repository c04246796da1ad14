"""What Rasa loads: components, the turn endpoint, and pure text tools."""
