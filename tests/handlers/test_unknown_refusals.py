"""Refusals whose reason nobody knows: the administrators hear of them, and nobody is given up."""

from content.library import Content
from db.engine import Database
from telegram_local.api.faults import Refuse
from tests.support.bot_harness import running_bot

ADMIN = 42


async def test_administrators_are_told_once_and_the_message_is_tried_again(
    database: Database, content: Content
) -> None:
    async with running_bot(database, content, admins=frozenset({ADMIN})) as run:
        admin, ann = run.person(ADMIN, "Cleo"), run.person()
        await admin.says("/help")
        for person in (2, 1):
            run.telegram.faults.next("sendMessage", Refuse(403, "Forbidden: <not> today"), chat_id=person)
        other = run.person(2, "Bob")
        await ann.user.send("/help")
        await other.user.send("/help")
        await run.telegram.until(lambda: len(admin.user.received) > 1 and not run.telegram.faults.waiting)
        assert "&lt;not&gt; today" in next(
            str(call.params["text"])
            for call in reversed(run.telegram.called("sendMessage"))
            if call.params["chat_id"] == ADMIN
        )
        run.clock.forward(seconds=5)
        run.running.sender.wake()
        await run.settle()
        assert ann.sees
        assert other.sees
        assert len(admin.user.received) == 2
