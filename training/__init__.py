"""Training of what the understanding of messages ships with; nothing of it runs in the bot."""
