"""Slack: events and buttons in, posts out."""
