"""The surroundings of a running bot: clocks, content, database, garbage collection."""

import gc
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from content.checks.contract import listed
from content.library import Content, load
from content.understanding.ranking.sentence_model.onnx_session import give_back
from db import migrate
from db.engine import Database
from db.queries import due_reminders

ROOT: Final = Path(__file__).parents[1]
CONTENT: Final = ROOT / "content"
CACHE: Final = ROOT / ".cache"
COLLECT_AFTER: Final = (20_000, 20, 20)  # new objects, and collections of the younger generation; see `gc`


def real_clock() -> datetime:
    """Return the time now, aware, in UTC."""
    return datetime.now(UTC)


class ShiftableClock:
    """The real clock, moved forward by jumps; where it stands is kept in a file, so that time never runs back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._ahead = timedelta(seconds=float(json.loads(path.read_text())["ahead_seconds"]))
        except (OSError, ValueError, KeyError, TypeError):
            self._ahead = timedelta()

    def __call__(self) -> datetime:
        """Return the time now, in UTC."""
        return real_clock() + self._ahead

    def jump(self, to: datetime) -> None:
        """Move to this moment; never back."""
        self._ahead = max(self._ahead, to - real_clock())
        self._path.write_text(json.dumps({"ahead_seconds": self._ahead.total_seconds()}))


def load_content(folder: Path = CONTENT) -> Content:
    """Read the content, by default what stands beside the code, and look that the code finds all it needs in it.

    Raises ContentProblems.
    """
    return load(folder, cache=CACHE if folder == CONTENT else folder.parent / CACHE.name, needs=listed())


def freeze_gc() -> None:
    """Let the garbage collector look at what is new only, and less often; for a process whose content is loaded.

    Looking through all of the content again and again took a quarter of a crowd's time, a tenth of a second at once.
    What loading took and no longer needs goes back to the system.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    give_back()


async def next_due_at(db: Database) -> datetime | None:
    """Return when the coach speaks next unasked, for the clock of the local chat."""
    return await db.run(due_reminders.next_due_at)


def open_database(url: str) -> Database:
    """Open the database and bring its schema up to date. Raises SchemaTooNew, SQLAlchemy's errors and OSError."""
    db = Database(url)
    try:
        migrate.upgrade(db)
    except BaseException:
        db.close()
        raise
    return db
