"""The questions of a form: what a person's words mean while one of them is open."""
