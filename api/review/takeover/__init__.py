"""Staff take over: who waits, who holds, what is said, when the bot comes back."""
