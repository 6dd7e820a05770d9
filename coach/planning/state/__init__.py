"""The state of a person in training: what they did, how it felt, how far they have come."""
