"""Every word a user reads, and the code that loads, checks, finds and renders it."""
