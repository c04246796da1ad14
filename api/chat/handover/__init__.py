"""A person takes over from the bot: asked for, waited for, accepted, given back."""
