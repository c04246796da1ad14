"""What protects people: masking now; retention and erasure beside it."""
