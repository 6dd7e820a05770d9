"""A kind of reminder is named in few files: its rules, its words in the batch, its template and its labels."""

import re
from typing import Final

from coach.reminders.kinds import SPECS, ReminderKind
from scheduler.kinds.registry import KINDS
from tests.support.source_text import ROOT, project_files

GENERATED: Final = ("content/checks/contract.yaml",)
NAMED: Final = re.compile(r"ReminderKind\.MEASURING|MeasuringDay|\bkind_measuring\b|reminders/measuring")


def test_every_kind_has_its_rules_and_its_words() -> None:
    assert set(SPECS) == set(KINDS) == set(ReminderKind)


def test_a_kind_of_reminder_is_named_in_few_files_at_most() -> None:
    names = {
        path.relative_to(ROOT).as_posix(): path for path in project_files() if path.suffix in {".py", ".yaml", ".j2"}
    }
    found = {
        name
        for name, path in names.items()
        if not name.startswith("tests/") and name not in GENERATED
        if NAMED.search(name) or NAMED.search(path.read_text("utf-8"))
    }
    assert found == {
        "coach/reminders/kinds.py",
        "scheduler/kinds/measuring.py",
        "content/en/messages/labels.yaml",
        "content/en/messages/reminders/measuring.j2",
    }
