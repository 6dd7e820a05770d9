"""Files that are the same for many people: each is made once, and sent again by the id that Telegram gave it.

A message waits for its file outside of the window of what is in flight, so that making one delays nobody else; so does
everybody's who asks for the same file while the first of them uploads it. Such a file is named in a payload by `once`.
"""

import asyncio
import logging
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from telegram.error import BadRequest

from db.engine import Database
from db.outbox import Waiting
from db.payload_names import MAKES
from db.queries.messages import sent_files
from gateway.errors import CannotDraw
from gateway.ops.redaction import redact
from gateway.outbound.transport import Upload

log = logging.getLogger(__name__)

ONCE: Final = "once"
MOST_KEPT: Final = 32 * 2**20
"""Bytes of files that are made and not yet uploaded; the newest is kept whatever its size."""

MOST_KNOWN: Final = 10_000
_REFUSED: Final = ("file identifier", "file_id", "file reference", "file id")

Wish = Mapping[str, Any]
Draw = Callable[[Wish], Awaitable[bytes]]


class SharedFiles:
    """Knows the ids of files that were sent, holds the rows that wait for one, makes one file at a time."""

    def __init__(
        self,
        db: Database,
        draw: Draw | None,
        go_on: Callable[[Waiting], None],
        learn: Callable[[dict[str, str]], None],
        *,
        ahead: bool = False,
    ) -> None:
        """`go_on` takes back a row whose file may now be there; `learn` hears of ids of files, by their keys.

        `ahead`: files are made as soon as a message offers them.
        """
        self._ahead = ahead
        self._db, self._draw, self._go_on, self._learn = db, draw, go_on, learn
        self._ids: OrderedDict[str, str] = OrderedDict()
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._failed: dict[int, Exception] = {}  # by the rows that waited for it: later ones have it tried anew
        self._unmade: OrderedDict[str, Wish] = OrderedDict()  # the one that is being made included
        self._making: asyncio.Task[None] | None = None
        self._uploading: set[str] = set()
        self._going: Counter[str] = Counter()  # rows that were let go and have no outcome yet
        self._refused: set[str] = set()  # ids
        self._held: dict[str, list[Waiting]] = {}

    @property
    def holds_some(self) -> bool:
        """Some row waits for its file."""
        return bool(self._held)

    def holds(self, row: Waiting) -> bool:
        """Take charge of a row whose file is not there yet; return whether it was taken. Its chat stays busy."""
        wish = wish_of(row.payload)
        if wish is None:
            return False
        key = str(wish[ONCE])
        if key in self._ids or row.id in self._failed or (key in self._made and key not in self._uploading):
            if key in self._made and row.id not in self._failed:
                self._uploading.add(key)  # this row does
            self._going[key] += 1
            return False
        self._held.setdefault(key, []).append(row)
        self._prepare(wish)
        return True

    def offered(self, wish: Wish) -> None:
        """Begin to make a file that may be asked for soon."""
        if self._ahead:
            self._prepare(wish)

    def _prepare(self, wish: Wish) -> None:
        """Begin to make a file, unless it is there or on its way."""
        key = str(wish[ONCE])
        if not (key in self._ids or key in self._made or key in self._unmade or key in self._uploading):
            self._unmade[key] = wish
            if self._making is None:
                self._making = asyncio.create_task(self._make_all())

    def take(self, wish: Wish, row: Waiting) -> str | Upload:
        """Return the id of a file, or the file for the one who uploads it. Raises CannotDraw."""
        key, failure = str(wish[ONCE]), self._failed.pop(row.id, None)
        if key in self._ids:
            self._ids.move_to_end(key)
            return self._ids[key]
        if failure is not None:
            raise CannotDraw.from_error(failure, row.attempts)
        if key not in self._made:
            raise CannotDraw("is made no more", passing=True)
        return Upload(self._made[key], str(wish.get("file", "file")))

    def sent(self, wish: Wish, result: Any) -> None:
        """Hear what became of a call with this file: where it is known from now on, all others go on."""
        key, file_id = str(wish[ONCE]), _file_id(result)
        self._going[key] -= 1
        if self._going[key] <= 0:
            del self._going[key]
            self._uploading.discard(key)
        if file_id is not None and key not in self._ids:
            self._ids[key] = file_id
            self._learn({key: file_id})
            self._made.pop(key, None)
            while len(self._ids) > MOST_KNOWN:
                self._ids.popitem(last=False)
        self._release(key)

    def forget(self, wish: Wish) -> None:
        """Use the id of this file no more: Telegram does not know it."""
        if (refused := self._ids.pop(str(wish[ONCE]), None)) is not None:
            self._refused.add(refused)

    def drop(self, chat_id: int) -> list[Waiting]:
        """Hold the rows of a chat no more, and return them: they were deleted."""
        gone = [row for rows in self._held.values() for row in rows if row.chat_id == chat_id]
        self._held = {
            key: left for key, rows in self._held.items() if (left := [row for row in rows if row.chat_id != chat_id])
        }
        return gone

    def close(self) -> None:
        """Make no more."""
        if self._making is not None:
            self._making.cancel()
        self._unmade.clear()

    async def _make_all(self) -> None:
        """Make what is wished, one file at a time, those that somebody waits for before those made ahead."""
        try:
            while self._unmade:
                key = next((each for each in self._unmade if each in self._held), next(iter(self._unmade)))
                await self._make(key, self._unmade[key])
                del self._unmade[key]
                self._release(key)
        finally:
            self._making = None

    async def _make(self, key: str, wish: Wish) -> None:
        try:
            known = await self._db.run(lambda session: sent_files.file_id(session, key))
            if known is not None and known not in self._refused:
                self._ids[key] = known
            elif self._draw is not None:
                self._keep(key, await self._draw(wish))
            else:
                raise CannotDraw("nothing draws files here")
        except Exception as error:  # whatever it is, those who wait are told
            log.warning("a shared file cannot be made", extra={"error": redact(repr(error))})
            self._failed |= {row.id: error for row in self._held.get(key, ())}

    def _keep(self, key: str, made: bytes) -> None:
        self._made[key] = made
        while len(self._made) > 1 and sum(map(len, self._made.values())) > MOST_KEPT:
            spare = next((each for each in self._made if each not in self._uploading and each != key), None)
            if spare is None:
                return
            del self._made[spare]

    def _release(self, key: str) -> None:
        for row in self._held.pop(key, []):
            self._go_on(row)


def wish_of(payload: Mapping[str, Any]) -> Wish | None:
    """Return the shared file that a payload names, None where it has none."""
    wishes = (value for name, value in payload.items() if name != MAKES and isinstance(value, dict) and ONCE in value)
    return next(wishes, None)


def is_unknown_file(error: BaseException) -> bool:
    """Say whether Telegram refuses a call because it does not know the file's id."""
    return isinstance(error, BadRequest) and any(words in str(error).lower() for words in _REFUSED)


def _file_id(result: Any) -> str | None:
    """Return the id of the file in a message that was sent."""
    if not isinstance(result, dict):
        return None
    for kind in ("audio", "document"):
        if isinstance(found := result.get(kind), dict) and "file_id" in found:
            return str(found["file_id"])
    return None
