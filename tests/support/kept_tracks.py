"""Tracks of guides, encoded once for all conversations that send the same: how they sound, `tests/content` holds."""

from collections.abc import Mapping
from typing import Final
from zlib import crc32

from coach.guide.timeline import Timeline
from content.guide.track import encode
from content.guide.voices import Samples

MOST: Final = 10  # of some megabytes each
_MADE: Final[dict[object, bytes]] = {}


def encoded(found: Timeline, clips: Mapping[str, Samples]) -> bytes:
    """Return the track as an MP3 without tags."""
    key = found, tuple((name, crc32(samples.tobytes())) for name, samples in sorted(clips.items()))
    if key not in _MADE:
        if len(_MADE) == MOST:
            del _MADE[next(iter(_MADE))]
        _MADE[key] = encode(found, clips)
    return _MADE[key]
