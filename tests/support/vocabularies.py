"""The English words that grammars read, as the content has them, for tests of the grammars."""

from typing import Final

from app.runtime import CONTENT
from coach.parsing.vocabulary import Vocabulary
from content.understanding.vocabulary import read_vocabulary


def _english() -> Vocabulary:
    return read_vocabulary(CONTENT / "en/understanding", CONTENT, [])[0]


ENGLISH: Final = _english()
