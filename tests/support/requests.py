"""Requests carried out for a person as one update of theirs, whatever words they would have used."""

from unittest.mock import patch

from coach.requests import Intent, Slots
from content.understanding.requests.reader import Request
from content.understanding.understand import Requests, Safety
from db.queries import users
from handlers.questions import private_messages
from services import changes
from tests.support.bot_harness import BotHarness, Person, Said

WORDS = "as I said"


def asked(intent: Intent | str, **slots: object) -> Request:
    """Return a request with these slots."""
    return Request(Intent(intent), Slots(**slots))  # type: ignore[arg-type]


async def requests(person: Person, *all_of_them: Request, care: str | None = None) -> Said:
    """Let the person write a message that is understood as these requests; return the newest message's text."""
    understood = Requests(all_of_them, Safety(care, "care") if care else None)
    with patch.object(private_messages, "understand", lambda *_words, **_light: understood):
        return await person.says(WORDS)


async def rows_of(coach: BotHarness, user_id: int) -> changes.Snapshot:
    """Return all rows of a person that a request can touch."""

    def read(session: object) -> changes.Snapshot:
        user = users.find(session, user_id)  # type: ignore[arg-type]
        assert user is not None
        return changes.snapshot(session, user)  # type: ignore[arg-type]

    return await coach.running.db.run(read)
