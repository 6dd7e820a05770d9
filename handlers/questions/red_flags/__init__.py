"""Red flags in a chat: the warning, what is said of it, and what is said while it holds training."""
