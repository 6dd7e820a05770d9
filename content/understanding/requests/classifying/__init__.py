"""How probably a message is a request: signs, their weights, and how much is needed."""
