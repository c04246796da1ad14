"""The website widget: one script tag, the chat in a frame, and the same without JavaScript."""
