"""From guesses to a page that people read, a file that programs read, and a picture."""
