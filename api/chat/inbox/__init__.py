"""What came in: written before anything is answered, each with one outcome."""
