"""Ends of clauses and sentences within a message; a point or comma within a figure ends none."""

import re
from typing import Final

CLAUSE_END: Final = re.compile(r"[.,;!?\n]+(?=\s|$)")
SENTENCE_END: Final = re.compile(r"[.!?\n]+(?=\s|$)")
