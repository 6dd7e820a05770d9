"""The kinds of reminder in a batch: one module each says what it reads and what it says."""
