"""Helpers for tests, on both Pythons."""
