"""A session as a voice guides through it: its steps, and what is heard at which second."""
