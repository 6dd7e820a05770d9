"""/protein: a range of grams a day from the body weight, as food where there is no weight; never for the exceptions."""

from datetime import date

from coach.buttons.account import Change
from coach.buttons.measurements import AnswerProteinCheck, AskProteinCheck, EatLess, ShowPortions, ShowProtein
from coach.parsing.weight import show_weight
from coach.planning.inputs import Screening
from coach.profile import PromptKind, Units
from coach.protein import HEAVY_KG, Check, excepted, protein_range
from coach.user_errors import StaleButton
from content.rendering.keyboards import Button, Row
from db.models import User
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button, on_command
from handlers.framework.turn import Turn
from handlers.training.today import today_of
from services import plans


def protein(turn: Turn, _asked: str | ShowProtein = "") -> None:
    """Show the range; before the first time, ask whether an exception applies."""
    _show(turn, eating_less=False)


def eat_less(turn: Turn, action: EatLess) -> None:
    """Reach higher for who says that they eat less than they burn."""
    if action.less not in (0, 1):
        raise StaleButton
    _show(turn, eating_less=bool(action.less))


def ask(turn: Turn, _action: AskProteinCheck | None = None) -> None:
    """Ask whether an exception applies."""
    row = [Button("protein_none", AnswerProteinCheck(1)), Button("protein_some", AnswerProteinCheck(0))]
    turn.reply("protein/check", [row])


def answer(turn: Turn, action: AnswerProteinCheck) -> None:
    """None does, or one does."""
    if action.clear not in (0, 1):
        raise StaleButton
    turn.user.protein_check = Check.NONE if action.clear else Check.APPLIES
    _show(turn, eating_less=False)


def portions(turn: Turn, _action: ShowPortions) -> None:
    """Show what protein looks like on a plate."""
    if exception_of(turn.user, today_of(turn)):
        _show(turn, eating_less=False)
    else:
        turn.reply("protein/portions", [[Button("back", ShowProtein())]])


def _show(turn: Turn, *, eating_less: bool) -> None:
    user = turn.user
    exception = exception_of(user, today_of(turn))
    if exception is None:
        ask(turn)
    elif exception:
        turn.reply("protein/ask_somebody", [[_changed(user)]])
    elif user.weight_kg is None or user.weighs_in is None:
        step = PromptKind.WEIGHT if user.weighs_in else PromptKind.UNITS
        turn.reply("protein/without_weight", [[Button("give_weight", Change(step))]])
    elif user.weight_kg >= HEAVY_KG:
        turn.reply("protein/dietitian", [[Button("as_food", ShowPortions())]])
    else:
        low, high = protein_range(user.weight_kg, eating_less=eating_less)
        turn.reply(
            "protein/range",
            _rows(eating_less=eating_less),
            low=low,
            high=high,
            eating_less=eating_less,
            weight=show_weight(user.weight_kg, user.weighs_in),
            kilograms=None if user.weighs_in is Units.KILOGRAMS else show_weight(user.weight_kg, Units.KILOGRAMS),
        )


def _rows(*, eating_less: bool) -> list[Row]:
    less = Button("eat_enough", EatLess(0)) if eating_less else Button("eat_less", EatLess(1))
    return [
        [less],
        [Button("as_food", ShowPortions()), Button("change_my_weight", Change(PromptKind.WEIGHT))],
        [Button("something_changed", AskProteinCheck())],
    ]


def _changed(user: User) -> Button:
    """Return the button that asks again whatever stands in the way."""
    if user.screening == Screening.SOMETHING_APPLIES:
        return Button("change_answer", Change(PromptKind.CHECK))
    return Button("something_changed", AskProteinCheck())


def exception_of(user: User, today: date) -> bool | None:
    """Say whether this person gets no number, None where nobody asked."""
    screened = plans.refused(user, today) is None
    return excepted(user.screening, user.protein_check, screened=screened)


def register(application: CoachApplication) -> None:
    """Hook up the command and its buttons."""
    on_command(application, "protein", protein)
    on_button(application, ShowProtein, protein)
    on_button(application, AskProteinCheck, ask)
    on_button(application, AnswerProteinCheck, answer)
    on_button(application, EatLess, eat_less)
    on_button(application, ShowPortions, portions)
