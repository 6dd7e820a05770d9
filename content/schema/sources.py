"""Sources of claims: authors, year, title, and where a reader finds them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from content.schema.page_fields import SLUG, filled_fields
from content.schema.problems import Problem
from content.schema.yaml_fields import Fields

DOI = re.compile(r"10\.[\d.]+/\S+")
PAGE = re.compile(r"PMC\d+|PMID \d+|ISBN [\dX-]{10,17}|(?:https://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
FIRST_YEAR, LAST_YEAR = 1800, 2100
UNDATED = "n.d."
NOBODY = re.compile(r"unnamed|unknown|not recorded|anonymous", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One line of the bibliography."""

    key: str
    authors: str
    year: int | None
    title: str
    where: str
    doi: str | None
    page: str | None

    @property
    def citation(self) -> str:
        """One line for a chat, as plain text: who, when, what, where, and how to find it."""
        who = f"{self.authors} ({self.year or UNDATED})"
        found = f"doi:{self.doi}" if self.doi else self.page
        parts = (part.rstrip(".") for part in (who, self.title, self.where, found) if part)
        return " ".join(part if part.endswith(("?", "!")) else f"{part}." for part in parts)


def read_sources(path: Path, root: Path, faults: list[Problem]) -> dict[str, Source] | None:
    """Read the bibliography; None where that cannot be done."""
    groups = filled_fields(path, root, faults)
    if groups is None:
        return None
    found: dict[str, Source] = {}
    for key in groups.values:
        fields = groups.map(key, required=True) or Fields(
            groups.file, {}, {}, []
        )  # reported: named, it is no other fault
        if not SLUG.fullmatch(key):
            fields.fault(key, f"the key '{key}' should be small letters, digits and '-'")
        found[key] = _source(key, fields)
        fields.close()
    return found


def _source(key: str, fields: Fields) -> Source:
    """Read one source: a reader can see who wrote it and when, and find it."""
    authors, title = fields.text("authors"), fields.text("title")
    doi, page = fields.text("doi", required=False) or None, fields.text("page", required=False) or None
    undated = fields.values.get("year") == UNDATED and fields.text("year") == UNDATED
    year = None if undated else fields.number("year", least=FIRST_YEAR, most=LAST_YEAR)
    if NOBODY.search(authors):
        fields.fault("authors", f"'authors' is '{authors}'; who wrote it, or the organisation that answers for it")
    if title.startswith("["):
        fields.fault("title", "'title' should be the real title, not a description in square brackets")
    if doi and not DOI.fullmatch(doi):
        fields.fault("doi", f"'doi' is '{doi}'; it is written without its address, such as 10.14814/phy2.14427")
    if page and not PAGE.fullmatch(page):
        fields.fault("page", f"'page' is '{page}'; an address, PMC4889641, PMID 24944852 or an ISBN")
    if fields.values and not doi and not page:
        fields.fault("title", "a 'doi' or a 'page' is missing: nobody could find it")
    return Source(key=key, authors=authors, year=year, title=title, where=fields.text("where"), doi=doi, page=page)
