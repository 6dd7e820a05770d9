"""Handling of send outcomes: a row is finished, retried later, or goes back as it was."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from db.outbox import Waiting
from db.outcomes import Again
from db.payload_names import IS_ANSWER, LIVE_GUIDE
from gateway.outbound.api_call import log_fields
from gateway.outbound.backoff import Backoff
from gateway.outbound.inflight import InFlightWindow
from gateway.outbound.outcomes import apologies
from gateway.outbound.outcomes.outcome import Failed, Offline, Retry, RetryLater, SendOutcome, Sent, Unreachable
from gateway.outbound.outcomes.recorder import OutcomeRecorder
from gateway.outbound.outcomes.sender_metrics import SenderMetrics
from gateway.outbound.queues import ChatQueues

log = logging.getLogger(__name__)


class OutcomeHandler:
    """Notes each outcome for the recorder and frees the row's chat."""

    def __init__(
        self,
        recorder: OutcomeRecorder,
        backoff: Backoff,
        queues: ChatQueues,
        in_flight: InFlightWindow,
        metrics: SenderMetrics,
        clock: Callable[[], datetime],
        leads: Callable[[], bool],
    ) -> None:
        self._recorder, self._backoff, self._queues, self._in_flight = recorder, backoff, queues, in_flight
        self._metrics, self._clock, self._leads = metrics, clock, leads

    def handle(self, row: Waiting, outcome: SendOutcome, result: Any) -> None:
        """Carry out what `outcome` means for the row that met it; `result` is Telegram's answer to a sent one."""
        if isinstance(outcome, Offline):  # nothing was sent: the row goes back as it was, everything waits a little
            self._backoff.on_unreachable(outcome.reason)
            self.requeue(row)
            self._in_flight.release([row.bulk])
            return
        if not isinstance(outcome, RetryLater):
            self._backoff.on_answer(row, well=not isinstance(outcome, Retry))
        self._in_flight.to_release.append(row.bulk)
        match outcome:
            case RetryLater(seconds):
                self._metrics.retry_after += 1
                self._retry_in(row, self._backoff.on_retry_after(row, seconds))
            case Retry():
                self._retry(row)
            case _:
                self._finish(row, outcome, result)
        self._recorder.work.set()

    def _finish(self, row: Waiting, outcome: SendOutcome, result: Any) -> None:
        """End the row, one way or the other."""
        outcomes = self._recorder.outcomes
        outcomes.over.append(row.id)
        self._backoff.forget(row)
        match outcome:
            case Sent():
                put_off = row.not_before is not None and not row.attempts  # on purpose: its wait says nothing of us
                waited = None if row.bulk or put_off else (self._clock() - row.created_at).total_seconds()
                self._metrics.count_sent(bulk=row.bulk, seconds=waited)
                if row.bulk and row.user_id is not None:
                    outcomes.interrupted[row.user_id] = self._clock()
                if row.user_id is not None and isinstance(result, dict) and "message_id" in result:
                    self._note_message_id(row, row.user_id, result["message_id"])
            case Unreachable(reason):
                self._metrics.failed[reason] += 1
                person = row.user_id if row.user_id is not None else row.chat_id
                outcomes.unreachable[person] = reason
                self._queues.drop_bulk(row.chat_id)
            case Failed(name, quiet):
                self._metrics.failed[name] += 1
                if quiet:
                    log.info("not sent, as may be expected", extra=log_fields(row) | {"why": name})
                elif apologies.owed(row):
                    outcomes.unsaid.append(row)
            case _:
                raise AssertionError(outcome)
        self._queues.release_chat(row)

    def _note_message_id(self, row: Waiting, person: int, sent: int) -> None:
        """Note under which id a question stands: one that was asked, or one that was to be edited and is a new one."""
        edited = row.payload.get("message_id")
        if row.payload.get(IS_ANSWER):
            self._recorder.outcomes.answers[person] = sent
        if (guide := row.payload.get(LIVE_GUIDE)) is not None:
            self._recorder.outcomes.guides[guide] = sent
        if row.remember:
            self._recorder.outcomes.prompts[person] = sent
        elif edited is not None and edited != sent:
            self._recorder.outcomes.moved[person, edited] = sent

    def _retry(self, row: Waiting) -> None:
        wait = self._backoff.next_delay(row)
        if wait is None:
            log.error("given up: others went out meanwhile", extra=log_fields(row))
            self._finish(row, Failed("given-up", quiet=False), None)
            return
        self._metrics.retried += 1
        self._retry_in(row, wait)

    def _retry_in(self, row: Waiting, wait: timedelta) -> None:
        row.attempts += 1
        row.not_before = self._clock() + wait
        self._recorder.outcomes.again.append(Again(row.id, row.not_before, row.attempts))
        self.requeue(row)

    def requeue(self, row: Waiting) -> None:
        """Let the row wait again, unless it was cancelled meanwhile, or another replica is to send it now."""
        if self._in_flight.is_finished(row.id) or (row.bulk and not self._leads()):
            self._queues.release_chat(row)
            self._queues.forget([row.id])
        else:
            self._queues.requeue(row)
