"""Every number of an answer stands in a claim that says where it comes from."""

from pathlib import Path

import pytest

from content.checks.claims import Claim, numbers, unclaimed
from content.checks.style import slips
from content.library import Content, ContentProblems, load
from tests.content.test_library import FILES
from tests.support.derive_evidence import FILE, derived

CLAIMS = """claims:
  - {says: "20 hops a day", source: hopper-2020, where: "abstract", seen: yes}
  - {says: "rest for 9–12 hours", source: convention, where: "practice", seen: no}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small content folder with one answer that speaks in numbers."""
    for name, text in FILES.items():
        path = tmp_path / "en" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    path = tmp_path / "en/faq/hop.md"
    text = path.read_text(encoding="utf-8").replace("exercises: [hop]\n", f"exercises: [hop]\n{CLAIMS}")
    path.write_text(text.replace("the calf.", "the calf: 20 hops, then 9–12 hours off."), encoding="utf-8")
    return tmp_path


def change(root: Path, old: str, new: str) -> None:
    path = root / "en/faq/hop.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_claims_are_read(root: Path) -> None:
    entry = load(root).language("en").entries["hop"]
    assert entry.claims == (
        Claim("20 hops a day", "hopper-2020", "abstract", seen=True),
        Claim("rest for 9–12 hours", "convention", "practice", seen=False),
    )
    assert list(slips(root, load(root))) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("source: convention", "source: rumour", "en/faq/hop.md:12 'rumour' is not among the sources of the answer"),
        ('where: "practice", ', "", "en/faq/hop.md:12 'where' is missing"),
        (", seen: no", "", "en/faq/hop.md:12 'seen' is missing"),
        ("seen: no", "seen: no, year: 2020", "en/faq/hop.md:12 unknown field 'year'"),
    ],
)
def test_a_claim_that_is_not_whole_is_a_fault(root: Path, old: str, new: str, fault: str) -> None:
    change(root, old, new)
    with pytest.raises(ContentProblems) as raised:
        load(root)
    assert [str(found) for found in raised.value.faults if str(found).startswith(fault)]


def test_a_number_without_a_claim_is_a_slip(root: Path) -> None:
    change(root, "20 hops, then", "20 hops, 3 times, then")
    assert [str(slip) for slip in slips(root, load(root))] == ["en/faq/hop.md:7 '3' stands in none of the 'claims'"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9–12% in 1.6 g, twice.", ["9–12%", "1.6"]),
        ("from −2% to +25%.", ["−2%", "25%"]),
        ("Couch to 5K and B12", []),
        ("4 × 4 minutes; 630 cm³, 0–2: go", ["4", "4", "630", "0–2"]),
        ("At 68 kg (150 lb), about 110 g.", ["68", "150", "110"]),
    ],
)
def test_numbers_are_taken_as_they_are_written(text: str, found: list[str]) -> None:
    assert list(numbers(text)) == found


def test_a_range_is_not_covered_by_its_ends() -> None:
    claims = [Claim("from 9 to 12%", "convention", "", seen=False)]
    assert unclaimed("9–12%, and 12% at most", claims) == ("9–12%",)


def test_the_page_of_evidence_is_what_the_answers_make_it(content: Content) -> None:
    made = derived(content.language("en"))
    assert FILE.read_text(encoding="utf-8") == made, "run: python -m tests.support.derive_evidence"
    assert "| no |" in made
    assert made.count("\n| ") > 100


def test_most_claims_were_read_at_their_source(content: Content) -> None:
    sourced = [
        claim
        for entry in content.language("en").entries.values()
        for claim in entry.claims
        if claim.source in content.language("en").sources
    ]
    unseen = [claim.says for claim in sourced if not claim.seen]
    assert len(unseen) <= len(sourced) / 10, unseen
