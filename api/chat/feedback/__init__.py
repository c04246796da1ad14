"""Did an answer solve it? Tied to the answer's id and version."""
