"""Ways in and out. Each is pure parse, render, verify and a thin endpoint."""
