"""The public service: gateway, account API, pages."""
