"""The public chat API, which the website's widget and `make chat` speak."""
