"""Messages that the conversation before them explains, in the order in which that is tried."""

from content.library import SearchResult
from content.understanding.understand import Requests, Understood
from handlers.framework.turn import Turn
from handlers.requests import requesting
from handlers.requests.context import confirming, corrections, day_offers, likely, lone_figures, offers, own_sessions


def carry_out(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Do what a message means by what was said or shown before it; return whether it means anything by that."""
    if likely.asks_to_go_on(turn, understood, found):
        return True
    if confirming.agree(turn, understood, found) or confirming.take_for_now(turn, understood):
        return True
    again = corrections.corrected(turn, understood, found)
    if again is not None and turn.asked is not None:  # nothing has changed yet
        requesting.carry_out(turn, Requests((again,)), found)
    elif confirming.take_no(turn, turn.written, understood, found) or confirming.leave(turn, understood, found):
        pass
    elif again is not None:
        requesting.correct(turn, again, found)
    elif not lone_figures.leave_unrated(turn, understood):
        return _complete(turn, understood, found)
    return True


def _complete(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Carry out the request that a message completes, or ask what it is about; return whether it does."""
    meant = (
        offers.completed(turn, understood, found)
        or lone_figures.of_the_session(turn, understood)
        or own_sessions.meant(turn, understood, found)
        or likely.meant(turn, understood, found)
    )
    if meant is not None:
        requesting.carry_out(turn, Requests((meant,)), found)
        return True
    return (
        confirming.to_nothing(turn, understood)
        or lone_figures.ask(turn, understood)
        or day_offers.offer(turn, understood, found)
    )
