"""The printed weeks are those that the planner plans."""

from tests.support.derive_plan_examples import FILE, derived


def test_the_printed_weeks_are_up_to_date() -> None:
    assert FILE.read_text("utf-8") == derived(), "run: python -m tests.support.derive_plan_examples"
