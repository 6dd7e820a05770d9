"""The files that an extension touches, as `docs/recipes.md` promises: counted where a registered name occurs."""

import re
from typing import Final

import pytest
import yaml

from handlers.account.help_menu import ADMIN_COMMANDS, COMMANDS
from tests.support.source_text import ROOT, project_files

MADE: Final = {"content/checks/contract.yaml"}
RECIPES: Final = (ROOT / "docs/recipes.md").read_text("utf-8")


def touched(pattern: str, *suffixes: str) -> set[str]:
    """Production files in which a name occurs."""
    found = set()
    for path in project_files():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(("tests/", "benchmarks/", "docs/")) or name in MADE or path.suffix not in suffixes:
            continue
        if re.search(pattern, path.read_text("utf-8")):
            found.add(name)
    return found


@pytest.mark.parametrize("command", [*COMMANDS, *ADMIN_COMMANDS])
def test_a_command_is_named_in_three_files_beside_its_messages(command: str) -> None:
    hooked = rf'(?:on_command|on_admin_command|CommandHandler)\([^)]*"{command}"'
    found = touched(rf'{hooked}|"{command}"[,)]|^command_{command}:|\ncommand_{command}:', ".py", ".yaml")
    named = {name for name in found if "handlers" in name or name.endswith("labels.yaml")}
    assert "content/en/messages/labels.yaml" in named
    assert "handlers/account/help_menu.py" in named
    registering = {name for name in touched(hooked, ".py") if name.startswith("handlers/")}
    assert len(registering) <= 1, registering  # none where one loop hooks up several


@pytest.mark.parametrize("column", ["age_group", "equipment"])
def test_a_stored_answer_is_named_in_four_files_beside_list_template_and_labels(column: str) -> None:
    found = touched(rf"\.{column}\b|\b{column}: |\"{column}\"", ".py")
    answered = {name for name in found if name.startswith(("db/", "coach/", "handlers/prompts/"))}
    allowed = {"db/models/people.py", "coach/planning/inputs.py"}
    migrations = {name for name in answered if name.startswith("db/migrations/")}
    prompts = {name for name in answered if name.startswith("handlers/prompts/")}
    assert allowed <= answered
    assert len(migrations) == 1
    assert len(prompts - {"handlers/prompts/setup.py"}) == 1


def test_an_answer_is_two_files() -> None:
    folder = ROOT / "content/en/faq"
    answers = {path.stem for path in folder.glob("*.md")}
    assert answers == {path.stem for path in folder.glob("*.txt")}
    assert {path.suffix for path in folder.iterdir()} <= {".md", ".txt", ".yaml"}


def test_every_label_of_a_command_is_a_command() -> None:
    labels = yaml.safe_load((ROOT / "content/en/messages/labels.yaml").read_text("utf-8"))
    listed = {key.removeprefix("command_") for key in labels if key.startswith("command_")}
    assert listed == {*COMMANDS, *ADMIN_COMMANDS}


@pytest.mark.parametrize(
    ("recipe", "most"),
    [
        ("A command", 4), ("An answer", 2), ("A button", 3), ("A question with a stored field", 7),
        ("A kind of reminder", 5), ("A workout", 2), ("A language", 1),
    ],
)  # fmt: skip
def test_the_recipes_say_as_many_files_as_they_list(recipe: str, most: int) -> None:
    [(said, body)] = re.findall(rf"^## {recipe}: (\d+) \w+\n(.*?)(?=^## |\Z)", RECIPES, re.MULTILINE | re.DOTALL)
    listed = re.findall(r"^\d+\. ", body, re.MULTILINE)
    assert int(said) == most
    assert len(listed) in {0, most}
