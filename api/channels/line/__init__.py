"""LINE: webhooks in, replies out, pushes as the last resort. Nothing personal passes."""
