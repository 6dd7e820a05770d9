"""What an answer can lead to: the `action` of an entry's front matter, and the feature that carries it out.

An action without a line here shows no button.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from handlers import pausing, today
from handlers.turn import Turn


@dataclass(frozen=True)
class Offer:
    """The key of the button's label, and what pressing it does; it speaks in a message of its own."""

    label: str
    work: Callable[[Turn], None]


OFFERS: Final[Mapping[str, Offer]] = {
    "my-week": Offer("offer_today", today.today),
    "today": Offer("offer_today", today.today),
    "pause": Offer("offer_pause", lambda turn: pausing.pause(turn, "")),
}
