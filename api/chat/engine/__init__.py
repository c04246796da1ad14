"""What decides the answer: Rasa, or a small keyword engine for tests and emergencies."""
