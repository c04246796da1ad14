"""The mail with a code: into the mock's own mailbox, or out by SMTP."""
