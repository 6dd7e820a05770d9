"""The emergency number where a person is, as far as their time zone tells."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import yaml

_FILE: Final = Path(__file__).with_suffix(".yaml")


def emergency_number(zone: str | None) -> str | None:
    """Return the number of the country of an IANA zone, None where it is not certain."""
    if zone is None:
        return None
    fitting = [place for place in _numbers() if zone == place or (place.endswith("/") and zone.startswith(place))]
    return _numbers()[max(fitting, key=len)] if fitting else None


@cache
def _numbers() -> Mapping[str, str]:
    """Read the number of each zone, and of each beginning of zones."""
    listed = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {
        zone: number
        for number, rows in listed.items()
        for row in rows
        for zone in (row if isinstance(row, list) else [row])
    }
