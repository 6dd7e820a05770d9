"""Offsets from UTC as people write them: "UTC+2", "GMT -3", "+5:30", "utc plus 2"."""

import re
from datetime import timedelta
from functools import lru_cache
from typing import Final

from coach.parsing.normalise import plain
from coach.parsing.vocabulary import PlaceWords, any_of
from coach.user_errors import CityNotFound

_LOWEST: Final = timedelta(hours=-12)
_HIGHEST: Final = timedelta(hours=14)


def parse_offset(text: str, words: PlaceWords) -> timedelta | None:
    """Return the offset that a text is, from −12:00 to +14:00; None where it is none: a bare "7" is a time.

    Raises CityNotFound for what begins as one and is none that a clock has: "UTC+15" is no city either.
    """
    said = plain(text) or ""
    found = _pattern(words).fullmatch(said)
    if found is None:
        if _begun(words).match(said):
            raise CityNotFound
        return None
    ahead = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    offset = -ahead if found["minus"] else ahead
    if not _LOWEST <= offset <= _HIGHEST:
        raise CityNotFound
    return offset


@lru_cache
def _pattern(words: PlaceWords) -> re.Pattern[str]:
    ahead, behind = rf"(?:\+|{any_of(words.plus)} )", rf"(?:-|{any_of(words.minus)} )"
    universal = rf"{any_of(words.universal)} ?"
    begin = rf"(?:(?P<minus>(?:{universal})?{behind})|(?:{universal})?{ahead}|{universal})"
    digits = r"(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?"
    return re.compile(rf"{begin} ?{digits}(?: ?{any_of(words.clock)})?")


@lru_cache
def _begun(words: PlaceWords) -> re.Pattern[str]:
    return re.compile(rf"{any_of(words.universal)} ?[-+\d]")
