"""Probability of a request: its signs, their weights, and the probabilities that are needed."""
