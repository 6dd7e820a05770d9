"""The small Markdown of our answers, turned into the HTML that Telegram accepts.

The subset: paragraphs, **bold**, *italic* and flat `-` lists; instructions may also have `##` headings and numbered
lists. Everything else is a problem with a line number, because Telegram would refuse it or show it as raw text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_STYLES = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>"}
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}
_NAMES = {
    "heading_open": "a heading",
    "ordered_list_open": "a numbered list",
    "blockquote_open": "a quotation",
    "fence": "a code block",
    "code_block": "a code block (is the line indented?)",
    "code_inline": "inline code",
    "html_block": "HTML",
    "html_inline": "HTML",
    "link_open": "a link",
    "image": "an image",
    "hr": "a horizontal rule",
    "table_open": "a table",
}
_SILENT = {"bullet_list_open", "bullet_list_close", "ordered_list_close", "list_item_open",
           "paragraph_open", "paragraph_close", "heading_close", "blockquote_close", "link_close"}  # fmt: skip
_ADDRESS = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rendered:
    """Telegram HTML, the same as plain text, sections by heading (instructions only), and problems as (line, text)."""

    html: str
    text: str
    sections: dict[str, str]
    problems: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Page:
    """The output so far: blocks of HTML and of plain text, side by side."""

    first_line: int
    instructions: bool
    html: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    titles: list[tuple[int, str]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    lists: list[int | None] = field(default_factory=list)  # the number of the next item, None in a `-` list
    place: str = ""  # what the next words are: "" a paragraph, "item" the first words of a list item, "heading"
    line: int = 0  # of the source, from 0
    in_list: bool = False  # whether an item of the same list stands above

    def problem(self, what: str) -> None:
        self.problems.append((self.first_line + self.line, what))

    def token(self, token: Token) -> None:
        """Take one token of the parser."""
        self.line = token.map[0] if token.map else self.line
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self.open_list(token)
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.place = "item"
            case "list_item_close":
                self.place = ""  # where the item had no words
            case "heading_open":
                if not self.instructions:
                    self.problem("a heading is not part of an answer")
                elif token.tag != "h2":
                    self.problem("only '##' headings are used")
                self.place = "heading"
            case "inline":
                self.words(*self.inline(token))
                self.place = ""
            case kind if kind not in _SILENT:
                self.problem(f"{_NAMES.get(kind, kind)} is not part of the subset that Telegram shows")

    def open_list(self, token: Token) -> None:
        """Begin a list, `-` or numbered."""
        ordered = token.type == "ordered_list_open"
        if self.lists:
            self.problem("a list inside a list is not shown by Telegram; make it flat")
        if ordered and not self.instructions:
            self.problem("a numbered list belongs in exercises only; use '-'")
        self.lists.append(int(token.attrGet("start") or 1) if ordered else None)
        self.in_list = False

    def words(self, markup: str, plain: str) -> None:
        """Write the words of a heading, a list item or a paragraph."""
        under_title = bool(self.titles) and self.titles[-1][0] == len(self.html) - 1 and "\n" not in self.html[-1]
        if self.place == "heading":
            self.titles.append((len(self.html), plain))
            self.block(f"<b>{markup}</b>", plain, tight=False)
        elif self.place == "item":
            number = self.lists[-1]
            mark = "• " if number is None else f"{number}. "
            self.lists[-1] = None if number is None else number + 1
            self.block(mark + markup, mark + plain, tight=self.in_list or under_title)
            self.in_list = True
        else:
            if self.lists:
                self.problem("a list item has one paragraph")
            self.block(markup, plain, tight=under_title)

    def block(self, markup: str, plain: str, *, tight: bool) -> None:
        """Add a block directly under the one above, or after an empty line."""
        if tight:
            self.html[-1] += "\n" + markup
            self.text[-1] += "\n" + plain
        else:
            self.html.append(markup)
            self.text.append(plain)

    def inline(self, token: Token) -> tuple[str, str]:
        """Render the words of one block: its HTML and its plain text."""
        markup: list[str] = []
        plain: list[str] = []
        for child in token.children or []:
            if child.type in _STYLES:
                markup.append(_STYLES[child.type])
            elif child.type == "text":
                if "**" in child.content:
                    self.problem("'**' is shown as it stands: bold has a beginning and an end, right at its words")
                if _ADDRESS.search(child.content):
                    self.problem("an address is not part of a text; a source stands in sources.yaml")
                markup.append(html.escape(child.content))
                plain.append(child.content)
            elif child.type in ("softbreak", "hardbreak"):
                markup.append(_BREAKS[child.type])
                plain.append(_BREAKS[child.type])
                self.line += 1
            elif child.type not in _SILENT:
                self.problem(f"{_NAMES.get(child.type, child.type)} is not part of the subset that Telegram shows")
        return "".join(markup), "".join(plain)


def render(source: str, *, first_line: int = 1, instructions: bool = False) -> Rendered:
    """Turn Markdown into Telegram HTML; `first_line` is where the source starts in its file."""
    page = _Page(first_line=first_line, instructions=instructions)
    for token in _parser().parse(source):
        page.token(token)
    return Rendered("\n\n".join(page.html), "\n\n".join(page.text), _sections(page), tuple(sorted(set(page.problems))))


def _sections(page: _Page) -> dict[str, str]:
    """Split instructions at their headings: title → HTML without the title."""
    ends = [*(start for start, _ in page.titles[1:]), len(page.html)][: len(page.titles)]
    found: dict[str, str] = {}
    for (start, title), end in zip(page.titles, ends, strict=True):
        _, _, rest = page.html[start].partition("\n")
        found[title] = "\n\n".join(part for part in [rest, *page.html[start + 1 : end]] if part)
    return found


@cache
def _parser() -> MarkdownIt:
    """CommonMark as it is; what we do not accept must be recognised to be refused."""
    return MarkdownIt("commonmark").enable("table")
