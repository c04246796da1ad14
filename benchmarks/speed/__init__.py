"""Ours beside bare Rasa and a stock pipeline: how fast, how large, how soon ready."""
