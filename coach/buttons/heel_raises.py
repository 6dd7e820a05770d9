"""The buttons of the heel-raise test: age and sex, which typical counts go by."""

from dataclasses import dataclass

from coach.buttons.callback_data import CallbackData
from coach.heel_raises import Decade, Sex


@dataclass(frozen=True)
class PickDecade(CallbackData):
    """I am of this decade."""

    code = "raises-age"
    decade: Decade


@dataclass(frozen=True)
class PickSex(CallbackData):
    """I am of this sex."""

    code = "raises-sex"
    sex: Sex


@dataclass(frozen=True)
class AskDecade(CallbackData):
    """Ask anew for age and sex."""

    code = "raises-ask"
