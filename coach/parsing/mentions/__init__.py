"""Grammars of mentions: days, times, durations and figures wherever a message names them."""
