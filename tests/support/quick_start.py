"""A bot's start without what would be the same for each of thousands: its handlers are registered once.

The menus and descriptions of the usual bot, in English and without administrators, are set by none of them: bots that
run as a process set them (`tests/test_contracts.py`), and those here that have administrators or another language.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, cast
from unittest.mock import patch

from app import bot_app
from handlers import registry
from handlers.framework.application import CoachApplication

_GROUP: Final = 0  # of every handler


class _Registered:
    """Handlers of all features, taken as an application takes them."""

    def __init__(self) -> None:
        self.works: dict[Any, Any] = {}
        self.handlers: list[Any] = []
        self.error_handlers: list[Any] = []

    def add_handler(self, handler: Any) -> None:
        self.handlers.append(handler)

    def add_error_handler(self, handler: Any) -> None:
        self.error_handlers.append(handler)


def _register() -> _Registered:
    registered = _Registered()
    registry.register(cast("CoachApplication", registered))
    return registered


_ONCE: Final = _register()  # before any test replaces a function


def _put(application: CoachApplication) -> None:
    application.works.update(_ONCE.works)
    application.handlers[_GROUP] = list(_ONCE.handlers)
    for handler in _ONCE.error_handlers:
        application.add_error_handler(handler)


async def _describe_nothing(*_: object) -> None:
    """Leave the menus as they are."""


@contextmanager
def registered_once() -> Iterator[None]:
    """Let a bot that is made within this have handlers that were registered before."""
    with patch.object(registry, "register", _put):
        yield


@contextmanager
def no_menus() -> Iterator[None]:
    """Let a bot that starts within this set no menus and descriptions."""
    with patch.object(bot_app, "describe", _describe_nothing):
        yield
