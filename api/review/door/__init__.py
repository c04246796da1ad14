"""What stands before every page of the console: session, role, forgery check, error pages."""
