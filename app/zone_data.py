"""Time zone data: the newer of the machine's and the locked `tzdata` package's. Python alone prefers the machine's."""

import re
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Final

import tzdata

_VERSION: Final = re.compile(r"\b([12]\d{3})([a-z]{1,2})\b")
_EXPIRES: Final = re.compile(r"^#expires\s+(\d+)", re.MULTILINE)
_VERSION_FILES: Final = ("tzdata.zi", "+VERSION", "version")  # as IANA, macOS and some distributions name it


@dataclass(frozen=True)
class ZoneData:
    """The data in use: its version, where it stands, and from when on it is certainly half a year old.

    That is the day on which its leap seconds expire: IERS renews them each half-year, and the data bring the newest.
    """

    version: str
    place: str
    old_from: datetime | None

    def is_old(self, now: datetime) -> bool:
        """Say whether the data are older than half a year."""
        return self.old_from is not None and now >= self.old_from


def use_newest(machine: Sequence[str] | None = None) -> ZoneData:
    """Make `zoneinfo` read the newer data, and return which; call it before any zone is read.

    `machine`: the folders of the machine's data, by default those that Python would read.
    """
    paths = list(zoneinfo.TZPATH if machine is None else machine)
    own = str(tzdata.IANA_VERSION)
    folder = next((Path(path) for path in paths if (Path(path) / "Etc" / "UTC").exists()), None)
    theirs = _version(folder) if folder is not None else None
    if folder is not None and theirs is not None and _order(theirs) > _order(own):
        zoneinfo.reset_tzpath(paths)
        found = ZoneData(theirs, str(folder), _old_from(_read(folder / "leapseconds"), theirs))
    else:
        zoneinfo.reset_tzpath([])  # then the package is read
        leaps = resources.files(tzdata).joinpath("zoneinfo", "leapseconds").read_text("utf-8")
        found = ZoneData(own, "tzdata", _old_from(leaps, own))
    zoneinfo.ZoneInfo.clear_cache()
    return found


def _version(folder: Path) -> str | None:
    for name in _VERSION_FILES:
        if match := _VERSION.search(_read(folder / name)):
            return match.group()
    return None


def _order(version: str) -> tuple[str, int, str]:
    """Return what versions are ordered by: after "z" comes "za"."""
    return version[:4], len(version), version


def _old_from(leaps: str, version: str) -> datetime | None:
    if match := _EXPIRES.search(leaps):
        return datetime.fromtimestamp(int(match.group(1)), UTC)
    return datetime(int(version[:4]) + 1, 7, 1, tzinfo=UTC) if _VERSION.match(version) else None


def _read(file: Path) -> str:
    """Return how a file begins, "" where it cannot be read."""
    try:
        with file.open(encoding="utf-8", errors="replace") as opened:
            return opened.read(20_000)
    except OSError:
        return ""
