"""Slots of a request: what a message says beside its intent."""
