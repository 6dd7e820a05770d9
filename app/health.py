"""Health of a running bot: readiness and metrics. Wired by `app/bot_app.py`."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.webhook_watch import WebhookWatch
from content.library import Content
from db import migrate
from db.away import ONLY_READS, sqlstate
from db.engine import Database
from db.queries.admin import operator_stats as stored
from gateway.inbound.intake import Intake
from gateway.inbound.polling import Polling
from gateway.inbound.webhook import Webhook
from gateway.ops.http_server import Check
from gateway.ops.metrics import Metric, labelled, render_metrics, scalar
from gateway.outbound.sender import Sender
from scheduler.ticker import Ticker

log: Final = logging.getLogger(__name__)

TICKED_WITHIN: Final = timedelta(seconds=60)
FUTURE_SECONDS: Final = 2.0  # of a last tick, where the clock was set back since
POLLED_WITHIN: Final = timedelta(seconds=120)  # a poll without news takes 50
STORED_SECONDS: Final = 30.0  # counting whole tables takes the database's time: at most twice a minute
STORED_WITHIN: Final = 5.0  # seconds; those who read the figures wait for ten


class Health:
    """Looks at the parts; changes none of them."""

    def __init__(
        self,
        *,
        db: Database,
        content: Callable[[], Content],
        intake: Intake,
        sender: Sender,
        ticker: Ticker,
        polling: Polling | None,
        webhook: Webhook | None,
        watch: WebhookWatch | None = None,
        missed: Callable[[], int] = lambda: 0,
        clock: Callable[[], datetime],
    ) -> None:
        """`polling` or `webhook` is None where updates do not come that way; `missed`: requests beside its path."""
        self._watch, self._missed = watch, missed
        self._db, self._content, self._clock = db, content, clock
        self._intake, self._sender, self._ticker = intake, sender, ticker
        self._polling, self._webhook = polling, webhook
        self._stored: tuple[float, list[Metric]] | None = None
        self.introduced_at: datetime | None = None  # when Telegram first answered
        self.warm = False  # whether what is slow the first time has been done

    # Readiness

    def checks(self) -> dict[str, Check]:
        """Return what must be well for the bot to serve."""
        checks: dict[str, Check] = {
            "telegram": self._telegram,
            "database": self._database,
            "schema": self._schema,
            "content": self._has_content,
            "tick": self._ticks,
            "warm": self._is_warm,
        }
        if self._polling is not None:
            checks["poll"] = self._polls
        if self._watch is not None:
            checks["webhook"] = self._watch.check
        return checks

    async def _telegram(self) -> str | None:
        return None if self.introduced_at else "not reached yet"

    async def _database(self) -> str | None:
        try:
            await self._db.run(stored.write_nothing)
        except DBAPIError as error:
            if sqlstate(error) == ONLY_READS:
                return "only reads"
            raise
        return None

    async def _schema(self) -> str | None:
        current = await asyncio.to_thread(migrate.revision, self._db)
        return None if current == migrate.head() else f"{current} instead of {migrate.head()}"

    async def _has_content(self) -> str | None:
        return None if self._content().language(None).entries else "no entries"

    async def _ticks(self) -> str | None:
        return self._lately(self._ticker.last_tick, self._ticker.last_tick_elapsed, TICKED_WITHIN)

    async def _is_warm(self) -> str | None:
        return None if self.warm else "not yet"

    async def _polls(self) -> str | None:
        assert self._polling is not None
        if self._polling.failing:
            return "failing"
        last = self._polling.last_poll or self.introduced_at
        if last is not None:  # the clock may have been set back since: the next poll is up to a minute away
            last = min(last, self._clock())
        return self._lately(last, self._polling.last_poll_elapsed, POLLED_WITHIN)

    def _lately(self, at: datetime | None, elapsed: float | None, within: timedelta) -> str | None:
        """Return what is wrong with something that was last done `at`, on the monotonic clock at `elapsed`."""
        if at is None:
            return "not yet"
        age = (self._clock() - at).total_seconds()
        if age < -FUTURE_SECONDS:
            return f"{-age:.0f} s in the future"
        if elapsed is not None:
            age = max(age, time.monotonic() - elapsed)
        return None if age <= within.total_seconds() else f"{age:.0f} s ago"

    # Figures

    async def metrics(self) -> str:
        """Return the page for Prometheus; without what is stored while the database is away."""
        intake, sender = self._intake.metrics, self._sender.metrics
        return render_metrics(
            [*self._gateway(), *self._scheduler(), *await self._in_database()],
            {
                ("coach_update_seconds", "From taking an update to its commit, the wait behind others included."):
                    intake.seconds,
                ("coach_reply_seconds", "From the start of a reply's transaction until it is sent."):
                    sender.reply_seconds,
            },
        )  # fmt: skip

    def _gateway(self) -> list[Metric]:
        intake, sender = self._intake.metrics, self._sender.metrics
        kinds = [({"kind": kind, "outcome": end}, count) for (kind, end), count in sorted(intake.kinds.items())]
        found = [
            Metric("coach_updates_total", "counter", "Updates by kind and outcome.", kinds),
            labelled(
                "coach_sent_total", "counter", "Messages sent.", "lane", {"reply": sender.replies, "bulk": sender.bulk}
            ),
            labelled(
                "coach_send_failures_total", "counter", "Messages ended unsent, by reason.", "reason", sender.failed
            ),
            scalar("coach_sent_late_total", "counter", "Reminders sent more than ten minutes late.", sender.late),
            scalar("coach_skipped_total", "counter", "Messages past their latest useful moment.", sender.skipped),
            scalar("coach_send_retries_total", "counter", "Attempts after a fault of the server.", sender.retried),
            scalar(
                "coach_retry_after_total", "counter", "Times that Telegram asked to wait (429).", sender.retry_after
            ),
        ]
        if self._webhook is not None:
            answers = {str(int(status)): count for status, count in self._webhook.responses.items()}
            found.append(labelled("coach_webhook_total", "counter", "Webhook requests by answer.", "status", answers))
            about = "POST requests that miss the webhook's path."
            found.append(scalar("coach_webhook_missed_total", "counter", about, self._missed()))
        return found

    def _scheduler(self) -> list[Metric]:
        ticker = self._ticker.metrics
        due = ticker.written + ticker.silent.total()
        last = self._ticker.last_tick
        return [
            scalar("coach_ticks_total", "counter", "Ticks of the scheduler.", ticker.ticks),
            scalar("coach_reminders_due_total", "counter", "Reminders that came due.", due),
            scalar("coach_reminders_written_total", "counter", "Reminders handed to the sender.", ticker.written),
            scalar(
                "coach_reminders_failed_total",
                "counter",
                "Reminders put aside for a while: they failed.",
                ticker.failed,
            ),
            labelled(
                "coach_reminders_silent_total", "counter", "Due and not said, by reason.", "reason", ticker.silent
            ),
            scalar(
                "coach_last_tick_seconds", "gauge", "When the scheduler last ticked.", last.timestamp() if last else 0
            ),
            scalar("coach_leads", "gauge", "Whether this replica ticks and sends bulk.", int(self._sender.leads)),
        ]

    def forget(self) -> None:
        """Count the tables anew the next time."""
        self._stored = None

    async def _in_database(self) -> list[Metric]:
        now = self._clock()
        if self._stored is None or time.monotonic() - self._stored[0] > STORED_SECONDS:
            try:
                async with asyncio.timeout(STORED_WITHIN):
                    found = await self._db.run(lambda session: _stored(session, now))
            except Exception as error:
                log.warning("the tables cannot be counted", extra={"error": type(error).__name__})
                return []
            self._stored = time.monotonic(), found
        return self._stored[1]


def _stored(session: Session, now: datetime) -> list[Metric]:
    return [
        labelled("coach_people", "gauge", "People by state.", "state", stored.people(session, now)),
        labelled("coach_questions", "gauge", "Stored questions by outcome.", "outcome", stored.questions(session)),
        labelled("coach_outbox", "gauge", "Messages that wait to be sent.", "lane", stored.waiting(session)),
        scalar("coach_set_aside", "gauge", "Updates set aside.", stored.set_aside(session)),
    ]
