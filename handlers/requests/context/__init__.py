"""Messages that what was said or shown before gives their meaning: corrections, answers to offers, bare figures."""
