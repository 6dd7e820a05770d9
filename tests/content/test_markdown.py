"""The Markdown of answers becomes HTML that Telegram takes, and everything else is reported with its line."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.rendering.markdown import render


def test_paragraphs_styles_and_lists() -> None:
    page = render("**No.** It *can*\nhelp.\n\nBecause:\n\n- one\n- two & < 3 cm\n\nEnd.")
    assert page.html == "<b>No.</b> It <i>can</i> help.\n\nBecause:\n\n• one\n• two &amp; &lt; 3 cm\n\nEnd."
    assert page.text == "No. It can help.\n\nBecause:\n\n• one\n• two & < 3 cm\n\nEnd."
    assert page.problems == ()


def test_instructions_have_sections_and_numbers() -> None:
    page = render("## Steps\n1. Stand.\n2. Rise.\n\n## Feel\nWarm.\n\nMore.", instructions=True)
    assert page.html == "<b>Steps</b>\n1. Stand.\n2. Rise.\n\n<b>Feel</b>\nWarm.\n\nMore."
    assert page.sections == {"Steps": "1. Stand.\n2. Rise.", "Feel": "Warm.\n\nMore."}
    assert page.problems == ()


@pytest.mark.parametrize(
    ("source", "line", "word"),
    [
        ("Fine.\n\n# Title", 12, "heading"),
        ("Fine.\n\n1. one", 12, "numbered list"),
        ("Fine.\n\n> said", 12, "quotation"),
        ("Fine.\n\n[here](http://example.org)", 12, "link"),
        ("Fine.\n\n<u>here</u>", 12, "HTML"),
        ("Fine.\n\n<div>\nhere\n</div>", 12, "HTML"),
        ("Fine.\n\n![x](y.png)", 12, "image"),
        ("Fine.\n\n`code`", 12, "code"),
        ("Fine.\n\n    code", 12, "code"),
        ("Fine.\nstill fine\n`code`", 12, "code"),
        ("Fine.\n\n---", 12, "rule"),
        ("Fine.\n\n| a | b |\n|---|---|\n| c | d |", 12, "table"),
        ("- one\n  - two", 11, "flat"),
        ("- one\n\n  two", 12, "one paragraph"),
    ],
)
def test_what_telegram_would_refuse_is_named_with_its_line(source: str, line: int, word: str) -> None:
    problems = render(source, first_line=10).problems
    assert any(place == line and word in text for place, text in problems), problems


def test_instructions_take_one_kind_of_heading() -> None:
    assert render("### Steps\n1. Stand.", instructions=True).problems == ((1, "only '##' headings are used"),)


@settings(deadline=None)
@given(st.text(alphabet="ab <>&*_-#`[]()!|\n\\\"'1.", max_size=60))
def test_any_text_gives_balanced_html_or_a_problem(source: str) -> None:
    page = render(source)
    tags = re.findall(r"</?[bi]>", page.html)
    stack: list[str] = []
    for tag in tags:
        if tag.startswith("</"):
            assert stack.pop() == tag.replace("/", "")
        else:
            stack.append(tag)
    assert stack == []
    if not page.problems:
        assert html.unescape(re.sub(r"</?[bi]>", "", page.html)) == page.text
