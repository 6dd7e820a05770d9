"""Every word a user reads, and the code that loads, checks and finds it."""
