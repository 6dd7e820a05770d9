"""Every kind of reminder and the class that speaks for it: one in each module of this package."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from coach.reminders.kinds import ReminderKind
from scheduler import kinds
from scheduler.kinds.base import KindInBatch


def _found() -> dict[ReminderKind, type[KindInBatch]]:
    for module in iter_modules(kinds.__path__, f"{kinds.__name__}."):
        import_module(module.name)
    return {each.kind: each for each in KindInBatch.__subclasses__()}


KINDS: Final[Mapping[ReminderKind, type[KindInBatch]]] = _found()
