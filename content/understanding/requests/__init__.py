"""Requests: what a message asks the coach to show or to change, and the slots that it fills."""
