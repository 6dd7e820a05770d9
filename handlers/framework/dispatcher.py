"""From an update's JSON to its handlers: what the intake calls. When it returns, the update is recorded."""

import asyncio
from typing import Any

from db import outbox
from db.queries import users
from db.queries.messages import updates
from handlers.framework.admin_alerts import AdminAlert
from handlers.framework.application import CoachApplication, UpdateStatus
from handlers.framework.turn import Turn
from handlers.framework.update_reader import read_update


class Dispatcher:
    """Carries out updates. Raises what was not the person's mistake, so that the intake can try again."""

    def __init__(self, application: CoachApplication, alert: AdminAlert | None = None) -> None:
        self._application = application
        self._services = application.services
        self._dropped: set[int] = set()  # not yet noted
        self._noting = asyncio.Lock()
        self._alert = alert

    async def __call__(self, payload: dict[str, Any]) -> None:
        """Run the handlers of this update; note it as handled where none of them did."""
        update = read_update(_clean(payload), self._application.bot)
        progress = self._services.statuses
        progress[update.update_id] = UpdateStatus()
        try:
            await self._application.process_update(update)
        finally:
            came = progress.pop(update.update_id)
        if came.failure is not None:
            raise came.failure
        if not came.recorded:
            await self._record(update.update_id, "done")

    async def dropped(self, update: dict[str, Any], *, tell: bool) -> None:
        """Note an update that a flood pushed out; with `tell`, say so.

        Those that come while a transaction runs share the next: a flood must cost the others nothing.
        """
        if tell:
            await self._without_handlers(update, "dropped", "errors/slow_down")
            return
        self._dropped.add(update["update_id"])
        async with self._noting:
            if update["update_id"] in self._dropped:
                ids, self._dropped = self._dropped, set()
                try:
                    await self._services.db.run(
                        lambda session: updates.mark_dropped(session, ids, self._services.now()), brief=True
                    )
                except BaseException:
                    self._dropped |= ids
                    raise

    async def set_aside(self, payload: dict[str, Any], error: BaseException) -> None:
        """Keep an update that failed again and again for the operator, and tell the person."""
        await self._without_handlers(payload, "set-aside", "errors/sorry", error)
        if self._alert is not None:
            await self._alert("admin/alarm_set_aside", update_id=payload["update_id"], error=type(error).__name__)

    async def _without_handlers(
        self,
        payload: dict[str, Any],
        outcome: updates.Outcome,
        template: str | None,
        error: BaseException | None = None,
    ) -> None:
        services, now = self._services, self._services.now()
        update_id, person = payload["update_id"], _private_person(payload)

        def work(session: Any) -> list[Any]:
            if error is not None:
                updates.set_aside(session, update_id, _person(payload), payload, repr(error), now)
            else:
                updates.mark(session, update_id, now, outcome)
            if template is None or person is None:
                return []
            user = users.find(session, person)
            language = services.content.language(user.language if user else _language(payload))
            turn = Turn(session, user or users.unsaved(person, now), language, now, replica=services.replica)
            message = turn.say(template)
            message.user_id = user.id if user else None
            return outbox.enqueue(session, turn.outgoing)

        try:
            services.enqueue(await services.db.run(work, brief=True))
        except updates.AlreadyHandled:
            return

    async def _record(self, update_id: int, outcome: updates.Outcome) -> None:
        now = self._services.now()
        try:
            await self._services.db.run(lambda session: updates.mark(session, update_id, now, outcome), brief=True)
        except updates.AlreadyHandled:
            return


def _clean(value: Any) -> Any:
    """Put "?" for half a pair of surrogates and for a zero character: PostgreSQL's text holds neither."""
    match value:
        case str():
            whole = value if value.isascii() else value.encode("utf-8", "replace").decode()
            return whole.replace("\0", "?")
        case dict():
            return {key: _clean(inner) for key, inner in value.items()}
        case list():
            return [_clean(inner) for inner in value]
    return value


def _person(payload: dict[str, Any]) -> int | None:
    """Return whose update it is, wherever it came from: what is kept of them can be erased."""
    for part in payload.values():
        for holder in (part, part.get("message")) if isinstance(part, dict) else ():
            person = holder.get("from", holder.get("user")) if isinstance(holder, dict) else None
            if isinstance(person, dict) and _is_id(person.get("id")):
                return int(person["id"])
    return _private_person(payload)


def _private_person(payload: dict[str, Any]) -> int | None:
    """Return the person of an update from a private chat, whatever kind it is and however malformed."""
    for part in payload.values():
        message = part.get("message", part) if isinstance(part, dict) else None
        chat = message.get("chat") if isinstance(message, dict) else None
        if isinstance(chat, dict) and chat.get("type") == "private" and _is_id(chat.get("id")):
            return int(chat["id"])
    return None


def _language(payload: dict[str, Any]) -> str | None:
    """Return what the sender's Telegram speaks."""
    senders = (part.get("from") for part in payload.values() if isinstance(part, dict))
    codes = (sender.get("language_code") for sender in senders if isinstance(sender, dict))
    return next((code for code in codes if isinstance(code, str)), None)


def _is_id(value: object) -> bool:
    """Ids are stored in 64 bits."""
    return isinstance(value, int) and -(2**63) <= value < 2**63
