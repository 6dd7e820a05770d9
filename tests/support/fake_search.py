"""A finder that finds what a test says, in place of the fitted one."""

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import cast

from coach.requests import ShownItem
from content.library import Candidate, Content, FaqSearch, SearchResult
from content.understanding.red_flags.patterns import Remark
from content.understanding.search import Outcome


@dataclass
class Canned:
    """Answers every question with the same outcome and entries."""

    outcome: Outcome
    entries: tuple[str, ...]
    ready: bool = True

    def warm(self) -> None:
        """Need nothing."""

    def find(self, question: str, after: ShownItem | None = None) -> SearchResult:
        """Find what was said."""
        found = tuple(Candidate(slug, 0.5) for slug in self.entries)
        return SearchResult(self.outcome, self.entries[0] if self.outcome == "answer" else None, found, None, 0.1)

    def remarks(self, text: str) -> frozenset[Remark]:
        """Hear nothing of a red flag."""
        return frozenset()

    def find_soon(self, question: str, after: ShownItem | None = None) -> SearchResult:
        """Find what was said."""
        return self.find(question, after)


def finding(content: Content, outcome: Outcome, *entries: str) -> Content:
    """Return the content with a finder that finds these entries, whatever is asked."""
    english = replace(content.language(None), finder=cast("FaqSearch", Canned(outcome, entries)))
    return Content(MappingProxyType({**content.languages, "en": english}))
