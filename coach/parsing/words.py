"""Words: a set of those that mean the same, folded (`normalise.fold`)."""

Words = frozenset[str]
NO_WORDS: Words = frozenset()
