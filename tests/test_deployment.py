"""The files that deploy it: nothing in them is made up, and what can be tried without a cluster is tried."""

from __future__ import annotations

import fnmatch
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from settings import Settings
from tests.support.source_text import ROOT

UNIT: Final = (ROOT / "deploy/calf-coach.service").read_text("utf-8")
DOCKERFILE: Final = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
COMPOSE: Final[dict[str, Any]] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
NAMES: Final = {name.upper() for name in Settings.model_fields}


def option(name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)


def test_the_unit_runs_what_there_is_as_nobody_special() -> None:
    assert option("ExecStart") == ["/opt/calf-coach/.venv/bin/python bot.py run"]
    assert option("User") == ["calf-coach"]
    assert option("ProtectSystem") == ["strict"]
    assert option("RestartPreventExitStatus") == ["2 3"]
    assert {line.partition("=")[0] for line in option("Environment")} <= NAMES


@pytest.mark.skipif(sys.platform != "linux", reason="there is no seccomp")
def test_the_bot_lives_without_the_calls_that_the_unit_denies(tmp_path: Path) -> None:
    assert "~@privileged @resources" in option("SystemCallFilter")
    answer = "refuse" if option("SystemCallErrorNumber") == ["EPERM"] else "kill"
    words = (sys.executable, ROOT / "tests/support/syscalls.py", answer, ROOT / "bot.py", "ask", "calves")
    asked = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (asked.returncode, asked.stderr) == (0, "")


def test_the_unit_lets_libraries_count_processors() -> None:
    """Without /proc/cpuinfo what opens the model complains on standard error, in lines of its own."""
    assert option("ProcSubset") == []


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """Needs systemd at hand; its exposure score is for people who doubt the hardening."""
    unit = tmp_path / "calf-coach.service"
    unit.write_text(
        re.sub(r"^(User|Group)=.*\n", "", UNIT, flags=re.M).replace("/opt/calf-coach/.venv/bin/python", sys.executable)
    )
    assert unit.read_text() != UNIT
    if shutil.which("systemd-analyze"):
        verified = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
        assert verified.stderr == ""
        assert verified.returncode == 0


def test_the_image_copies_what_running_needs_and_nothing_else() -> None:
    copied = [source for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, re.M) for source in line.split()[:-1]]
    kept = re.findall(r"^!(.*)$", (ROOT / ".dockerignore").read_text("utf-8"), re.M)
    assert sorted(copied) == sorted(kept)
    assert all((ROOT / source).exists() for source in copied)
    imported = {path.name for path in ROOT.glob("*.py")} | {
        path.parent.name
        for path in ROOT.glob("*/__init__.py")
        if path.parent.name not in {"tests", "benchmarks", "training"}
    }
    assert imported <= set(copied)
    assert not any(fnmatch.fnmatch(name, "*test*") or name == "data" for name in copied)


def test_the_image_runs_as_somebody_else_and_is_asked_for_its_health() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER coach$", final, re.M)
    assert re.search(r"^HEALTHCHECK .*/healthz", final, re.M)
    environment = dict(re.findall(r"([A-Z_]+)=(\S+)", " ".join(re.findall(r"^ENV (.*)$", final, re.M))))
    ours = {name: value for name, value in environment.items() if name in NAMES}
    assert ours == {
        "DATABASE_URL": "sqlite:////data/calf-coach.db",
        "LISTEN": "0.0.0.0:8080",
        "LOG_FORMAT": "json",
    }
    assert Settings(_env_file=None, **{name.lower(): value for name, value in ours.items()}).address == (
        "0.0.0.0",
        8080,
    )


def test_compose_sets_what_is_a_setting_and_publishes_on_loopback() -> None:
    coach, database = COMPOSE["services"]["coach"], COMPOSE["services"]["database"]
    assert set(coach["environment"]) == NAMES - {"LISTEN"}, "what stands in .env reaches it"
    fixed = {name for name, value in coach["environment"].items() if f"${{{name}:" not in value}
    assert fixed == {"DATABASE_URL"}
    defaults = {name: re.sub(r"^\$\{\w+:-(.*)\}$", r"\1", value) for name, value in coach["environment"].items()}
    passed: dict[str, Any] = {name.lower(): value for name, value in defaults.items() if value and "$" not in value}
    assert Settings(_env_file=None, **passed) == Settings(_env_file=None, log_format="json")
    assert all(port.startswith("127.0.0.1:") for port in coach["ports"])
    assert "ports" not in database
    address = re.sub(r"\$\{\w+:\?[^}]*\}", "abc123", coach["environment"]["DATABASE_URL"])
    assert Settings(_env_file=None, database_url=address).database_url == address
    assert database["environment"]["POSTGRES_USER"] in address
