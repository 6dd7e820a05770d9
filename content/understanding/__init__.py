"""Understanding of messages: red flags, small talk, commands, FAQ search."""
