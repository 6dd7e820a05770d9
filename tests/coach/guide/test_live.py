"""A guide that runs: every step at its second, whatever is pressed and however long nobody looked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.guide.live import BEFORE, GAP, LEAD, PAUSED_AT_MOST, Run, Steer
from coach.guide.steps import interval_steps

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STEPS = interval_steps(3, 20, 40, 60, 30)
RUN = Run(STEPS, NOW + LEAD)
seconds = st.floats(0, 400)


def after(passed: float) -> datetime:
    return NOW + LEAD + timedelta(seconds=passed)


def test_each_step_begins_on_its_second() -> None:
    starts = [0, 60, 80, 120, 140, 180, 200, 230]
    for place, start in enumerate(starts):
        assert RUN.at(after(start)).place == place
        assert RUN.at(after(start - 0.001)).place == place - 1
        if place < len(STEPS):
            assert RUN.at(after(start)).changes_at() == after(starts[place + 1])
    assert RUN.at(after(230)).is_over
    assert [RUN.at(after(second)).rounds_done for second in (79, 80, 139, 140, 199, 200, 999)] == [0, 1, 1, 2, 2, 3, 3]


def test_before_it_begins_it_counts_down() -> None:
    assert RUN.at(NOW).place == BEFORE
    assert (RUN.left(NOW), RUN.active_s(NOW)) == (10, 0)
    assert RUN.next_look(NOW, NOW) == NOW + LEAD


@settings(deadline=None)
@given(at=seconds, paused=st.floats(0, 3600))
def test_a_pause_moves_all_that_follows(at: float, paused: float) -> None:
    rested = RUN.steered(Steer.PAUSE, after(at))
    later = after(at + paused)
    assert rested.at(later) == rested
    gone_on = rested.steered(Steer.GO_ON, later)
    assert (gone_on.place, gone_on.rounds_done) == (RUN.at(after(at)).place, RUN.at(after(at)).rounds_done)
    assert gone_on.left(later) == rested.left(later)


@settings(deadline=None)
@given(at=seconds)
def test_what_is_skipped_is_not_counted(at: float) -> None:
    before = RUN.at(after(at))
    skipped = RUN.steered(Steer.NEXT, after(at))
    assert skipped.rounds_done == before.rounds_done
    assert skipped.place == min(before.place + 1, len(STEPS))
    assert abs(skipped.active_s(after(at)) - before.active_s(after(at))) <= 1


@settings(deadline=None)
@given(times=st.lists(st.tuples(st.floats(0, 60), st.sampled_from([*Steer, None])), max_size=20))
def test_looks_go_on_to_the_end_and_are_never_within_a_second(times: list[tuple[float, Steer | None]]) -> None:
    run, now, shown = RUN, NOW, NOW
    for wait, wish in times:
        now += timedelta(seconds=wait)
        if wish in {Steer.PAUSE, Steer.GO_ON, Steer.NEXT}:
            run = run.steered(wish, now)
    if run.is_over:
        assert run.next_look(now, shown) is None
    elif run.paused_at is not None:
        assert run.next_look(now, shown) == run.paused_at + PAUSED_AT_MOST
        run = run.steered(Steer.GO_ON, now)
    run, shown = run.at(now), now
    for _ in range(200):
        look = run.next_look(now, shown)
        if look is None:
            break
        assert look >= shown + GAP
        change = run.changes_at()
        assert change is not None
        assert look <= max(change, shown + GAP)
        now = shown = look
        run = run.at(now)
    assert run.is_over


def test_a_gap_shows_how_it_stands_and_nothing_twice() -> None:
    stored = RUN.at(after(10))
    found = stored.at(after(130))
    assert found.step == replace(STEPS[3])
    assert found.rounds_done == 1
    assert found.left(after(130)) == 10
