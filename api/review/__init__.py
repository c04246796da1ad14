"""The staff console: read, correct, teach, take over. Server-rendered; one folder a noun."""
