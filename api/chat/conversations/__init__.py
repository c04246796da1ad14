"""Conversations: who may read one, and what was said in it."""
