"""Actions under an answer: the `action` of an entry's front matter, and the feature that carries it out.

An action without a line here shows no button.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from coach.buttons.plan import AddCalfRaises
from handlers.account import pause
from handlers.framework.turn import Turn
from handlers.training import calf_raises, plan, protein, today
from handlers.training.measurements import measure
from handlers.training.way_back import ladder_page


@dataclass(frozen=True)
class EntryAction:
    """The key of the button's label, and what pressing it does; it speaks in a message of its own."""

    label: str
    work: Callable[[Turn], None]


ENTRY_ACTIONS: Final[Mapping[str, EntryAction]] = {
    "add-calf-raises": EntryAction(
        "offer_calf_raises", lambda turn: calf_raises.add_calf_raises(turn, AddCalfRaises())
    ),
    "my-week": EntryAction("show_my_week", plan.plan),
    "today": EntryAction("offer_today", today.today),
    "my-protein": EntryAction("offer_protein", protein.protein),
    "log-calf": EntryAction("offer_calf", lambda turn: measure.calf(turn, "")),
    "way-back": EntryAction("way_back", ladder_page.show),
    "pause": EntryAction("offer_pause", lambda turn: pause.pause(turn, "")),
}
