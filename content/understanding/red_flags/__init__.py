"""Red flags: rules, windows of a message, likeness to examples, urgency."""
