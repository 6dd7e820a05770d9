"""Files that conversations send, made once for all that send the same; and tracks that are long and say nothing.

A track of half an hour takes a second to encode. How it sounds, `tests/content` holds, and one conversation sends a
real one (`tests/handlers/test_guide.py`); the others ask for its length, its cover and what a player shows.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, Final
from unittest.mock import patch

from coach.guide.timeline import Timeline
from content.guide import wish
from content.guide.track import BITS, encode
from content.guide.voices import Samples
from content.rendering import file_renderers
from content.rendering.file_renderers import Render

MOST: Final = 200  # pictures, of some ten thousand bytes each
FRAME: Final = 0.024  # seconds, of 576 samples


def silent(found: Timeline, clips: Mapping[str, Samples]) -> bytes:
    """Return a track of the same length, as an MP3 without tags, in which nothing is heard."""
    return _silence() * round(found.seconds / FRAME)


@cache
def _silence() -> bytes:
    return encode(Timeline((), (), 0.0, 1.0), {})[: round(BITS / 8 * FRAME)]


def _kept(render: Render) -> Render:
    made: dict[str, bytes] = {}

    def once(figures: Mapping[str, Any]) -> bytes:
        key = json.dumps(figures, sort_keys=True)
        if key not in made:
            if len(made) == MOST:
                del made[next(iter(made))]
            made[key] = render(figures)
        return made[key]

    return once


_DRAWN: Final[Mapping[str, Callable[[Mapping[str, Any]], bytes]]] = {
    name: _kept(render) for name, render in file_renderers._PURE.items()
}


@contextmanager
def kept_files() -> Iterator[None]:
    """Draw each picture once, and encode no track."""
    with patch.object(wish, "encode", silent), patch.object(file_renderers, "_PURE", _DRAWN):
        yield
