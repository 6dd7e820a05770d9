"""Make calls fail on purpose: what a test needs to see how a bot takes Telegram's bad days."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong with a call instead of its ordinary answer."""


@dataclass(frozen=True)
class Refuse(Fault):
    """An error answer with Telegram's code and words; nothing is carried out."""

    code: int
    description: str
    parameters: Json = field(default_factory=dict)


class RetryAfter(Refuse):
    """429 with `retry_after` in seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})

    @property
    def seconds(self) -> int:
        """The seconds that Telegram asks to wait."""
        return int(self.parameters["retry_after"])


class Blocked(Refuse):
    """403, as after a person blocked the bot."""

    def __init__(self) -> None:
        super().__init__(403, "Forbidden: bot was blocked by the user")


class Migrated(Refuse):
    """400, as after a group became a supergroup with this id."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(
            400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat_id}
        )


class ServerError(Refuse):
    """A 5xx answer; a proxy's page instead of JSON where `html` is set."""

    html: bool

    def __init__(self, code: int = 500, description: str = "Internal Server Error", *, html: bool = False) -> None:
        super().__init__(code, description)
        object.__setattr__(self, "html", html)


@dataclass(frozen=True)
class Answer(Fault):
    """An answer that is not the Bot API's: any status, body and content type; nothing is carried out."""

    status: int
    body: bytes | str = "<html><body>Sign in to the network</body></html>"
    content_type: str = "text/html"


@dataclass(frozen=True)
class Cut(Fault):
    """The connection is cut before anything is carried out."""


@dataclass(frozen=True)
class CutAfter(Fault):
    """The call is carried out, and the connection cut before the answer."""


@dataclass(frozen=True)
class Hang(Fault):
    """No answer until `until` is set; then the call is carried out and answered."""

    until: asyncio.Event


Rule = Callable[[str, Json], Fault | None]
"""Decides by method and parameters; None lets the call through."""


@dataclass
class Faults:
    """The faults in force: those for the next calls first, then the standing rules, oldest first."""

    _next: list[tuple[str, int | None, Fault]] = field(default_factory=list)
    _rules: list[Rule] = field(default_factory=list)

    def next(self, method: str, *faults: Fault, chat_id: int | None = None, times: int = 1) -> None:
        """The next calls of `method` ("*" for any), of one chat if given, meet these faults, one each, `times` over."""
        self._next += [(method.lower(), chat_id, fault) for _ in range(times) for fault in faults]

    def always(self, method: str, fault: Fault, chat_id: int | None = None) -> Callable[[], None]:
        """Every call of `method` ("*" for any) meets the fault, until the returned function is called."""

        def rule(called: str, params: Json) -> Fault | None:
            return fault if _fits(method.lower(), chat_id, called, params) else None

        return self.rule(rule)

    def rule(self, rule: Rule) -> Callable[[], None]:
        """Ask `rule` about every call, until the returned function is called."""
        self._rules.append(rule)
        return lambda: self._rules.remove(rule) if rule in self._rules else None

    def clear(self) -> None:
        """Let every call through again."""
        self._next.clear()
        self._rules.clear()

    @property
    def waiting(self) -> int:
        """The number of faults set with `next` that no call has met yet."""
        return len(self._next)

    def take(self, method: str, params: Json) -> Fault | None:
        """The fault that this call meets, used up if it was set for one call."""
        for index, (wanted, chat_id, fault) in enumerate(self._next):
            if _fits(wanted, chat_id, method, params):
                del self._next[index]
                return fault
        for rule in list(self._rules):
            if found := rule(method, params):
                return found
        return None


def _fits(wanted: str, chat_id: int | None, method: str, params: Json) -> bool:
    return wanted in {"*", method.lower()} and (chat_id is None or params.get("chat_id") in {chat_id, str(chat_id)})
