"""Guides for many: a thousand asked for at once, and two hundred in chats, with others who write meanwhile.

    python -m benchmarks.guides

The bot runs as `bot.py run` does, in a process of its own; people press buttons, and the server notes
when each call came.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from statistics import quantiles
from time import monotonic, sleep
from typing import Final

from benchmarks.support.chats import ApiCall, Chats, Said, Talk, chats, wait_for
from benchmarks.support.trainees import EASY_S, HARD_S, ROUNDS, SESSIONS, bot
from benchmarks.warmth import cpu_seconds
from coach.buttons.guide import GuideMe, RunIntervals
from coach.guide.live import LEAD

ASKERS: Final = 1_000_000
REMINDED: Final = 2_000_000
"""The first chats of those who write commands meanwhile, and of those who get a reminder."""

COMMANDS: Final = ("/help", "/today", "/plan", "/settings")
UPLOADED: Final = 100_000  # bytes: more than a call has without a file
ASKED_A_SECOND: Final = 33.0  # guides: by a thousand within half a minute, by two hundred within six seconds
RATES: Final = (30, 1000)
"""MESSAGE_RATEs."""

WRITTEN_A_SECOND: Final = 20.0  # commands


@dataclass(frozen=True)
class Asked:
    """The outcome of many who ask for their guide."""

    guides: int
    distinct: int
    made: int  # and uploaded
    seconds: float  # from the first who asked to the last who got it
    cores: float  # that the bot used meanwhile
    reply_p99_ms: float
    still_p99_ms: float  # the same before anybody asked for a guide


@dataclass(frozen=True)
class Live:
    """The outcome of many who are guided in the chat at the same time."""

    rate: int
    guided: int
    offered_audio: int
    changes: int
    missed: int  # changes that were not shown
    latest_ms: float
    late_p99_ms: float
    least_gap_ms: float  # between two calls to one chat
    fullest_second: int  # calls of all kinds while guides run
    reminder_rate: float  # of those that were due at once, a second
    reply_p99_ms: float
    cores: float


def asked(server: Chats, people: int) -> Asked:
    """Let so many people ask for the guide to their session, and others write meanwhile."""
    theirs = {number + 1: SESSIONS[number % len(SESSIONS)] for number in range(people)}
    within, press = people / ASKED_A_SECOND, GuideMe(datetime.now(UTC).date()).pack()
    with bot(server, 30, theirs, own=False) as running_bot:
        _warm(server)
        still = _p99(_answered(server, _lines(max(5.0, within / 3), WRITTEN_A_SECOND, ASKERS + 100_000)))
        cpu, began = cpu_seconds(running_bot.process), monotonic()
        lines = _lines(within, WRITTEN_A_SECOND)
        server.say([Said(person, "", 0.01 + place / ASKED_A_SECOND, press) for place, person in enumerate(theirs)])
        server.say(lines)
        wait_for(lambda: server.sent_audio >= people, 300)
        seconds = monotonic() - began
        cores = (cpu_seconds(running_bot.process) - cpu) / seconds
        wait_for(lambda: server.replies >= len(lines), 30)
        talk = server.talk()
    got = [call for call in talk.calls if call.method == "sendaudio"]
    if {call.chat for call in got} != theirs.keys():
        raise RuntimeError("not everybody got a guide")
    made = sum(call.size > UPLOADED for call in got)
    return Asked(len(got), len(set(theirs.values())), made, seconds, cores, _p99(_waits(talk)), still)


def _answered(server: Chats, lines: Sequence[Said]) -> list[float]:
    """Return the waits of those who write these lines, while nothing else goes on."""
    server.say(list(lines))
    wait_for(lambda: server.answered >= len(lines), 120)
    sleep(0.2)
    return _waits(server.talk())


def live(server: Chats, people: int, rate: int, reminders: int, a_second: float) -> Live:
    """Let so many people begin a guide in the chat one after the other, with reminders due and others who write."""
    guided = {number + 1: SESSIONS[0] for number in range(people)}
    reminded = {REMINDED + number: SESSIONS[0] for number in range(reminders)}
    lasts = LEAD.total_seconds() + ROUNDS * HARD_S + (ROUNDS - 1) * EASY_S
    with bot(server, rate, guided | reminded, own=True) as running_bot:
        _warm(server)
        cpu, began = cpu_seconds(running_bot.process), monotonic()
        presses = [
            Said(person, "", 0.01 + place / ASKED_A_SECOND, RunIntervals(person).pack())
            for place, person in enumerate(guided)
        ]
        lines = _lines(people / ASKED_A_SECOND + lasts, a_second)
        server.say([*presses, *lines])
        sleep(LEAD.total_seconds() + HARD_S / 2)
        running_bot.remind(list(reminded))
        ends = lasts - LEAD.total_seconds() + 2
        sleep(max(0.0, began + people / ASKED_A_SECOND + lasts - monotonic()))
        wait_for(lambda: time.time() > max(running_bot.began().values()) + ends, lasts)
        seconds = monotonic() - began
        cores = (cpu_seconds(running_bot.process) - cpu) / seconds
        wait_for(lambda: server.replies >= len(lines), 30)
        starts, talk = running_bot.began(), server.talk()
    return _live(rate, people, starts, talk, cores)


def _live(rate: int, people: int, starts: Mapping[int, float], talk: Talk, cores: float) -> Live:
    offset = time.time() - monotonic()
    length = HARD_S + EASY_S
    changes = sorted({turn * length + part for turn in range(ROUNDS) for part in (0, HARD_S)})
    calls = dict[int, list[ApiCall]]()
    for call in talk.calls:
        calls.setdefault(call.chat, []).append(call)
    late, missed, gaps = list[float](), 0, list[float]()
    for person, start in starts.items():
        theirs = calls.get(person, [])
        sent = [call.at + offset for call in theirs if call.method == "sendmessage"]
        for change in changes:
            shown = next((at - start - change for at in sent if -1 < at - start - change < EASY_S / 2), None)
            if shown is None:
                missed += 1
            else:
                late.append(max(0.0, shown) * 1000)
        gaps += [(after.at - before.at) * 1000 for before, after in pairwise(theirs) if _is_shown(before, after)]
    busy = sum(len(calls.get(person, ())) > 0 for person in range(1, people + 1) if person not in starts)
    bulk = sorted(call.at for call in talk.calls if call.chat >= REMINDED and call.method.startswith("send"))
    waits = _waits(talk)
    steady = [
        call.at for call in talk.calls if call.chat < ASKERS and call.at > talk.calls[0].at + people / ASKED_A_SECOND
    ]
    seconds = [int(at - steady[0]) for at in steady] if steady else []
    return Live(
        rate=rate,
        guided=len(starts),
        offered_audio=busy,
        changes=len(late) + missed,
        missed=missed,
        latest_ms=max(late, default=float("nan")),
        late_p99_ms=_p99(late),
        least_gap_ms=min(gaps, default=float("nan")),
        fullest_second=max((seconds.count(second) for second in set(seconds)), default=0),
        reminder_rate=(len(bulk) - 1) / (bulk[-1] - bulk[0]) if len(bulk) > 1 else float("nan"),
        reply_p99_ms=_p99(waits),
        cores=cores,
    )


def _is_shown(*calls: ApiCall) -> bool:
    return all(call.method in {"sendmessage", "editmessagetext", "deletemessage"} for call in calls)


def _warm(server: Chats) -> None:
    """Let some people write before anything is measured."""
    server.talk()
    server.say([Said(ASKERS - 1 - number, COMMANDS[number % len(COMMANDS)]) for number in range(40)])
    wait_for(lambda: server.answered >= 40, 60)
    sleep(0.5)
    server.talk()


def _lines(seconds: float, a_second: float, first: int = ASKERS) -> list[Said]:
    count = max(2, int(seconds * a_second))
    return [Said(first + number, COMMANDS[number % len(COMMANDS)], 0.01 + number / a_second) for number in range(count)]


def _waits(talk: Talk) -> list[float]:
    return [wait * 1000 for chat, wait in talk.waits().items() if ASKERS <= chat < REMINDED]


def _p99(values: Sequence[float]) -> float:
    return quantiles(values, n=100, method="inclusive")[98] if len(values) > 1 else float("nan")


def show(people: int, in_chats: int) -> None:
    """Print both tables."""
    with chats() as server:
        found = asked(server, people)
    print(f"\n{people:>6,} ask for a guide  distinct  made  last after s  cores  reply p99 ms  without guides")
    print(
        f"{found.guides:22,} {found.distinct:9} {found.made:5} {found.seconds:13.1f} {found.cores:6.2f}"
        f" {found.reply_p99_ms:13.0f} {found.still_p99_ms:15.0f}",
        flush=True,
    )
    print(f"\n{in_chats:>6,} in the chat: guided  audio  changes  missed  latest ms  p99 ms  gap ms", end="")
    print("  calls/s  reminders/s  reply p99 ms  cores", flush=True)
    for rate in RATES:
        with chats() as server:
            one = live(server, in_chats, rate, in_chats, min(rate / 3, WRITTEN_A_SECOND))
        print(
            f"MESSAGE_RATE {rate:5} {one.guided:6} {one.offered_audio:6} {one.changes:8} {one.missed:7}"
            f" {one.latest_ms:10.0f} {one.late_p99_ms:7.0f} {one.least_gap_ms:7.0f} {one.fullest_second:8}"
            f" {one.reminder_rate:12.0f} {one.reply_p99_ms:13.0f} {one.cores:6.2f}",
            flush=True,
        )


def main() -> None:
    """Measure, and print both tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.guides", description=__doc__)
    parser.add_argument("--guided", type=int, default=1_000, help="who ask for their guide (default 1,000)")
    parser.add_argument("--chats", type=int, default=200, help="who ask for a guide in the chat (default 200)")
    wanted = parser.parse_args()
    show(wanted.guided, wanted.chats)


if __name__ == "__main__":
    main()
