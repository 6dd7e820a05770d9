"""Alerts to administrators when something goes wrong: each kind of trouble at most once an hour."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from sqlmodel import Session

from db import outbox
from db.outbox import Outgoing
from db.queries import users
from db.queries.admin import alarms
from handlers.framework.application import Services
from handlers.framework.turn import Turn

log: Final = logging.getLogger(__name__)
AdminAlert = Callable[..., Awaitable[None]]


def admin_alerts(services: Services) -> AdminAlert:
    """Return what tells the administrators of trouble: `await tell(template, **values)`, at most once an hour each."""

    async def tell(template: str, **values: object) -> None:
        def work(session: Session) -> list[Outgoing]:
            now = services.now()
            if not services.admins or not alarms.due(session, template, now):
                return []
            rows = []
            for admin in sorted(services.admins):
                user = users.find(session, admin)
                language = services.content.language(user.language if user else None)
                turn = Turn(session, user or users.unsaved(admin, now), language, now, replica=services.replica)
                turn.say(template, **values).user_id = user.id if user else None
                rows += turn.outgoing
            return outbox.enqueue(session, rows)

        try:
            services.enqueue(await services.db.run(work))
        except Exception:
            log.exception("the administrators could not be told", extra={"template": template})

    return tell
