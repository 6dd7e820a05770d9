"""Doubts about an intent that ranks well: reasons why a message may have none of it."""
