"""The pain gate: 0–2 goes, 3–4 does less, 5 and more does none of it (evidence.md D)."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Final

from coach.planning.rules import JOG_LADDER, LADDER, PAIN_REDUCE, PAIN_STOP, RETURN_SHARE, SHORTEST_RUN
from coach.planning.session_volume import run_volume, strength_minutes, walk_jog_volume
from coach.planning.week import PlannedDay, Why
from coach.planning.workouts import EASY_WALK, RAISES_AND_HOPS, RECOVERY, WORKOUTS, Family
from coach.profile import SkipReason

WORST: Final = 10


class Gate(StrEnum):
    """The outcome of the gate: all of the session, less of it, or recovery."""

    GO = "go"
    REDUCE = "reduce"
    SWAP = "swap"


def pain_gate(pain: int) -> Gate:
    """Return what `pain`, 0–10 in calf, Achilles or shin, allows. Raises ValueError for any other number."""
    if not 0 <= pain <= WORST:
        raise ValueError(f"pain is 0–10: {pain}")
    if pain >= PAIN_STOP:
        return Gate.SWAP
    return Gate.REDUCE if pain >= PAIN_REDUCE else Gate.GO


def still_asks(pains: Iterable[int]) -> bool:
    """Say whether what hurts is asked before any training: after 5 or more, until 0–2 was said; the latest first."""
    for pain in pains:
        if pain < PAIN_REDUCE or pain >= PAIN_STOP:
            return pain >= PAIN_STOP
    return False


def asked_before(workout: str, *, hurt: bool) -> bool:
    """Say whether a session begins with how much hurts: a hard one always, another where it did; a gentle one never."""
    spec = WORKOUTS[workout]
    return spec.hard or (hurt and not spec.gentle)


def worst_said(pain: int | None, skip_reason: str | None) -> int | None:
    """Return the worst pain reported of a session: skipped because something hurts, it hurt a little at least."""
    return max(pain or 0, PAIN_REDUCE) if skip_reason == SkipReason.HURTS else pain


def through_gate(planned: PlannedDay, gate: Gate) -> PlannedDay:
    """Return what is left of a day: all of it, some six tenths of it, or recovery instead."""
    if gate is Gate.GO or planned.workout == RECOVERY:
        return planned
    if gate is Gate.SWAP or planned.workout == RAISES_AND_HOPS:  # no hops on a calf that hurts
        return _instead(planned, RECOVERY if gate is Gate.SWAP else EASY_WALK)
    if planned.rounds is not None:
        return _fewer_rounds(planned, planned.rounds)
    if WORKOUTS[planned.workout].family is Family.STRENGTH:
        calf_sets, leg_sets = (round(sets * RETURN_SHARE) for sets in (planned.calf_sets, planned.leg_sets))
        minutes = strength_minutes(planned.workout, calf_sets + leg_sets)
        return replace(planned, calf_sets=calf_sets, leg_sets=leg_sets, minutes=minutes, why=Why.PAIN)
    run_minutes = int(planned.run_minutes * RETURN_SHARE)
    if run_minutes < SHORTEST_RUN:
        return _instead(planned, EASY_WALK)
    minutes = run_volume(planned.workout, run_minutes).minutes
    return replace(planned, run_minutes=run_minutes, minutes=minutes, why=Why.PAIN)


def _fewer_rounds(planned: PlannedDay, planned_rounds: int) -> PlannedDay:
    """Return less than planned, also where that is the least there is."""
    if WORKOUTS[planned.workout].family is Family.WALK_JOG:
        return _shorter_walk_jog(planned, planned_rounds)
    rounds, percent = LADDER[0]
    rounds = max(1, min(rounds, planned_rounds - 1))
    lowest = None if planned.percent is None else percent
    minutes = WORKOUTS[planned.workout].minutes(rounds)
    return replace(planned, rounds=rounds, percent=lowest, minutes=minutes, why=Why.PAIN)


def _shorter_walk_jog(planned: PlannedDay, rounds: int) -> PlannedDay:
    left = min(round(rounds * RETURN_SHARE), rounds - 1)
    if not left:
        return _instead(planned, EASY_WALK)
    share = left / JOG_LADDER[planned.step or 0][0]
    minutes = walk_jog_volume(planned.step or 0, planned.minutes, share).minutes
    return replace(planned, rounds=left, minutes=minutes, why=Why.PAIN)


def _instead(planned: PlannedDay, workout: str) -> PlannedDay:
    minutes = min(WORKOUTS[workout].minutes(), planned.minutes)
    if workout == planned.workout:  # a walk is followed by a shorter one
        minutes = round(minutes * RETURN_SHARE)
    return PlannedDay(planned.day, WORKOUTS[workout].kind, workout, None, Why.PAIN, minutes)
