"""Grammars: words, figures, days and times that people type become values."""
