"""Messages that the conversation before them explains, in the order in which that is tried."""

from content.library import SearchResult
from content.understanding.understand import Requests, Understood
from handlers.framework.turn import Turn
from handlers.requests import requesting
from handlers.requests.context import confirming, corrections, day_offers, likely, lone_figures, offers


def carry_out(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Do what a message means by what was said or shown before it; return whether it means anything by that."""
    if likely.asks_to_go_on(turn, understood, found):
        return True
    again = corrections.corrected(turn, understood, found)
    if again is not None and turn.asked is not None:  # nothing has changed yet
        requesting.carry_out(turn, Requests((again,)), found)
        return True
    if confirming.take_no(turn, turn.written, understood, found) or confirming.leave(turn, understood, found):
        return True
    if again is not None:
        requesting.correct(turn, again, found)
        return True
    meant = (
        offers.completed(turn, understood, found)
        or lone_figures.of_the_session(turn, understood)
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
