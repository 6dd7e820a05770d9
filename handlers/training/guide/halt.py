"""The stop of a guide that runs in the chat, at once: what speaks against going on is said elsewhere."""

from db.queries.guides import live_guides
from handlers.framework.turn import Turn
from services.live_guides import arm, end, is_held_back, run_of


def halt_where_held(turn: Turn) -> None:
    """Stop the person's guide where something that was just told speaks against going on."""
    turn.session.flush()
    row = live_guides.of_user(turn.session, turn.user.id)
    if row is not None and row.over_at is None and is_held_back(turn.session, turn.user, row, turn.now):
        halt(turn)


def halt(turn: Turn) -> None:
    """Stop the person's guide, where one runs, and take its buttons away."""
    row = live_guides.of_user(turn.session, turn.user.id)
    if row is None or row.over_at is not None:
        return
    run = run_of(row).at(turn.now)
    end(row, run, turn.now)
    if (shown := row.message_id or row.old_message_id) is not None:
        turn.change(shown, "guide/halted")
    row.shown_at = turn.now
    arm(row, run, turn.now)
    turn.session.add(row)
    turn.guide_moved = True
