"""Time zone data: the newer of the machine's and our own, whichever that is, and a word where they are old."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

import pytest
import tzdata

from app.zone_data import use_newest
from tests.support.command_line import as_anybody

MORNING = datetime(2026, 11, 28, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = zoneinfo.TZPATH
    yield
    zoneinfo.reset_tzpath(before)
    zoneinfo.ZoneInfo.clear_cache()


def machine(folder: Path, version: str, expires: int = 1782604800) -> Path:
    """Make a machine's data, of this version, in which Vancouver keeps the time of Greenwich."""
    greenwich = (resources.files(tzdata) / "zoneinfo" / "Etc" / "UTC").read_bytes()
    for name in ("Etc/UTC", "America/Vancouver"):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(greenwich)
    (folder / "tzdata.zi").write_text(f"# version {version}\n")
    (folder / "leapseconds").write_text(f"#expires {expires} (2026-06-28 00:00:00 UTC)\n")
    return folder


def hour_in_vancouver() -> int:
    return MORNING.astimezone(zoneinfo.ZoneInfo("America/Vancouver")).hour


@pytest.mark.parametrize("version", ["2025b", "2019c", tzdata.IANA_VERSION])
def test_old_data_of_the_machine_do_not_win(tmp_path: Path, version: str) -> None:
    found = use_newest([str(machine(tmp_path, version))])
    assert (found.version, found.place) == (tzdata.IANA_VERSION, "tzdata")
    assert hour_in_vancouver() != 15


@pytest.mark.parametrize("version", ["2999a", f"{tzdata.IANA_VERSION[:4]}za"])
def test_newer_data_of_the_machine_win(tmp_path: Path, version: str) -> None:
    found = use_newest([str(tmp_path / "nowhere"), str(machine(tmp_path, version))])
    assert (found.version, found.place) == (version, str(tmp_path))
    assert hour_in_vancouver() == 15
    assert zoneinfo.ZoneInfo("Europe/Berlin").key == "Europe/Berlin", "what the machine lacks is ours"


def test_data_of_no_version_do_not_win(tmp_path: Path) -> None:
    (machine(tmp_path, "2999a") / "tzdata.zi").unlink()
    assert use_newest([str(tmp_path)]).place == "tzdata"


def test_a_machine_without_data_has_ours() -> None:
    assert use_newest([]).place == "tzdata"


def test_old_data_are_told(tmp_path: Path) -> None:
    found = use_newest([str(machine(tmp_path, "2999a"))])
    assert not found.is_old(datetime(2026, 6, 27, tzinfo=UTC))
    assert found.is_old(datetime(2026, 6, 28, tzinfo=UTC))


def test_check_names_the_version(tmp_path: Path) -> None:
    old = machine(tmp_path / "zones", "2025b")
    assert f"time zones: {tzdata.IANA_VERSION}, tzdata" in as_anybody(tmp_path, "check", PYTHONTZPATH=str(old))[1]
    new = machine(tmp_path / "zones", "2999a", expires=0)
    said = as_anybody(tmp_path, "check", PYTHONTZPATH=str(new))[1]
    assert f"time zones: 2999a, {new}; older than half a year" in said
