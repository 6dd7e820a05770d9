"""What a person can get wrong. Each mistake names the message that answers it; `handlers/errors.py` sends it."""

from typing import ClassVar


class UserMistake(Exception):
    """Something the person sent does not work; `template` says kindly what would. `values` fill the template."""

    template: ClassVar[str] = "mistakes/not_understood"

    def __init__(self, **values: object) -> None:
        super().__init__(self.template, values)
        self.values = values


class WeightNotUnderstood(UserMistake):
    """The text is no weight."""

    template = "mistakes/weight_not_understood"


class WeightUnitMissing(UserMistake):
    """A bare number, and no unit was chosen yet."""

    template = "mistakes/weight_unit_missing"


class WeightOutOfRange(UserMistake):
    """A weight outside 35–250 kg (evidence.md C3)."""

    template = "mistakes/weight_out_of_range"


class TimeNotUnderstood(UserMistake):
    """The text is no time of day."""

    template = "mistakes/time_not_understood"


class CityNotFound(UserMistake):
    """No city of that name is known."""

    template = "mistakes/city_not_found"


class ChooseFirst(UserMistake):
    """Goals were confirmed with none chosen."""

    template = "mistakes/choose_first"


class OldButton(UserMistake):
    """A button whose moment has passed, or that was forged."""

    template = "mistakes/old_button"
