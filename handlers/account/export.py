"""/export: one archive with everything that is stored about the person, made at the moment it is sent."""

import asyncio
import csv
import io
import json
import zipfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from db.engine import Database
from db.queries import person_data
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_command
from handlers.framework.turn import Turn

FILE: Final = "calf-coach-export.zip"
DRAWN: Final = "export"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet may carry out: https://owasp.org/www-community/attacks/CSV_Injection"""


def export(turn: Turn, _words: str) -> None:
    """Send the archive. What is stored is the wish; the archive is made when it goes out, and kept nowhere."""
    readme = turn.language.messages.render("privacy/export_readme")
    turn.send_document({"draw": DRAWN, "file": FILE, "person": turn.user.id, "readme": readme}, "privacy/export")


def drawing(db: Database) -> Callable[[Mapping[str, Any]], Awaitable[bytes]]:
    """Return what makes the archive of the person that a stored message names."""

    async def draw(wish: Mapping[str, Any]) -> bytes:
        found = await db.run(lambda session: person_data.gather(session, int(wish["person"])))
        return await asyncio.to_thread(archive, found, str(wish.get("readme", "")))

    return draw


def archive(found: person_data.Rows, readme: str) -> bytes:
    """Return a ZIP with all of it as JSON, each table as CSV, and a note on both."""
    tables = {name: [row for row in rows if not _is_this_export(row)] for name, rows in found.items()}
    tables = {name: rows for name, rows in tables.items() if rows}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("export.json", json.dumps(tables, indent=1, ensure_ascii=False, default=_written))
        for name, rows in tables.items():
            file.writestr(f"{name}.csv", _csv(rows).encode("utf-8-sig"))  # else Excel takes it for Latin letters
        if readme:
            file.writestr("README.txt", readme.strip() + "\n")
    return packed.getvalue()


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(rows[0])
    table.writerows([_cell(value) for value in row.values()] for row in rows)
    return written.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_written)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return _written(value) if isinstance(value, date) else value


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _is_this_export(row: Mapping[str, Any]) -> bool:
    """The message that brings the archive waits in the outbox while it is made."""
    payload = row.get("payload")
    document = payload.get("document") if isinstance(payload, dict) else None
    return isinstance(document, dict) and document.get("draw") == DRAWN


def register(application: CoachApplication) -> None:
    """Hook up the command."""
    on_command(application, "export", export)
