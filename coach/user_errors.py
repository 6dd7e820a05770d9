"""User errors. Each names the message that answers it; `handlers/framework/errors.py` sends it."""


class UserError(Exception):
    """Something the person sent does not work; `template` says kindly what would. `values` fill the template."""

    template: str = "mistakes/not_understood"
    asked: str | None = None  # the question it was to answer: it is asked again, with its buttons

    def __init__(self, **values: object) -> None:
        super().__init__(self.template, values)
        self.values = values


class AnswerOutOfRange(UserError):
    """The text is an answer, and one that cannot be: nothing else is to be read into it."""


class AnswerNotUnderstood(UserError):
    """The text is no answer to the question of that `kind`; the template of the question says what would be one."""

    def __init__(self, kind: str) -> None:
        super().__init__(part="mistake")
        self.template = f"setup/{kind}"


class WeightNotUnderstood(UserError):
    """The text is no weight."""

    template = "mistakes/weight_not_understood"


class WeightUnitMissing(UserError):
    """A bare number, and no unit was chosen yet."""

    template = "mistakes/weight_unit_missing"


class WeightOutOfRange(AnswerOutOfRange):
    """A weight outside 35–250 kg (evidence.md C3); `least` and `most` are the bounds as the person reads weights."""

    template = "mistakes/weight_out_of_range"


class BackAnswerNotUnderstood(UserError):
    """The text says nothing of how a session on the way back went."""

    template = "mistakes/back_answer_not_understood"


class GirthNotUnderstood(UserError):
    """The text is no girth."""

    template = "mistakes/girth_not_understood"


class GirthUnitMissing(UserError):
    """A bare number, and no unit was chosen yet."""

    template = "mistakes/girth_unit_missing"


class GirthOutOfRange(AnswerOutOfRange):
    """A girth no adult calf has, outside 20–70 cm."""

    template = "mistakes/girth_out_of_range"


class RaisesNotUnderstood(UserError):
    """The text is no number of heel raises."""

    template = "mistakes/raises_not_understood"


class RaisesOutOfRange(AnswerOutOfRange):
    """More heel raises than anybody does on one leg; `most` is the bound."""

    template = "mistakes/raises_out_of_range"


class GoalNotUnderstood(UserError):
    """The text names no figure to reach, or no day."""

    template = "mistakes/goal_not_understood"


class GoalOutOfRange(AnswerOutOfRange):
    """A figure that can be no goal; `most` is the bound."""

    template = "mistakes/goal_out_of_range"


class EventNotUnderstood(UserError):
    """The text names no day to train for."""

    template = "mistakes/event_not_understood"


class TimeNotUnderstood(UserError):
    """The text is no time of day."""

    template = "mistakes/time_not_understood"


class QuietNotUnderstood(UserError):
    """The text is no stretch between two times of day."""

    template = "mistakes/quiet_not_understood"


class PauseNotUnderstood(UserError):
    """The text names no time to pause for."""

    template = "mistakes/pause_not_understood"


class PauseOver(AnswerOutOfRange):
    """A pause until a `day` that is today or past."""

    template = "mistakes/pause_over"


class PauseTooLong(AnswerOutOfRange):
    """A pause of more than `most` days."""

    template = "mistakes/pause_too_long"


class CityNotFound(UserError):
    """No city of that name is known."""

    template = "mistakes/city_not_found"


class DaysNotUnderstood(UserError):
    """The text names no day of the week."""

    template = "mistakes/days_not_understood"


class MinutesNotUnderstood(UserError):
    """The text is no number of minutes a session or a run could take."""

    template = "mistakes/minutes_not_understood"


class NoteTooLong(UserError):
    """A note about a session of more than `most` characters."""

    template = "mistakes/note_too_long"


class WordsTooLong(UserError):
    """An answer in a person's own words of more than `most` characters."""

    template = "mistakes/words_too_long"


class IntervalsNotUnderstood(UserError):
    """The text names no intervals."""

    template = "mistakes/intervals_not_understood"


class IntervalsOutOfRange(AnswerOutOfRange):
    """Intervals that nobody should be counted through; `rounds`, `minutes` and the like are the bounds."""

    template = "mistakes/intervals_out_of_range"


class ChooseFirst(UserError):
    """Goals were confirmed with none chosen."""

    template = "mistakes/choose_first"


class StaleButton(UserError):
    """A button whose moment has passed, or that was forged."""

    template = "mistakes/old_button"
