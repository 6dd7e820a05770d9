"""Loading the content: frozen objects from good files, and every fault of bad ones with file and line."""

import shutil
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path

import pytest

from content.checks.contract import Needed
from content.checks.reviews import ahead, stale
from content.library import Confidence, Content, ContentProblems, load
from content.schema.page_fields import ANSWER_ROOM
from content.schema.yaml_fields import read_page

CONTENT = Path(__file__).parents[2] / "content"

ENTRY = """---
question: Should I hop?
category: basics
related: [rest, walk]
sources: [hopper-2020]
confidence: medium
reviewed: 2026-11-22
action: today
exercises: [hop]
---
**Yes, a little.** Hopping loads the calf. {}
""".format(" ".join(["Then it rests for a day, and comes back stronger."] * 6))
FILES = {
    "faq/hop.md": ENTRY,
    "faq/hop.txt": "# ways to ask\nis hopping good\nhop or not\n",
    "faq/rest.md": ENTRY.replace("hop?", "rest?").replace("[rest,", "[hop,").replace("action: today\n", ""),
    "faq/walk.md": ENTRY.replace("hop?", "walk?").replace("[rest, walk]", "[hop, rest]"),
    "faq/rest.txt": "do i need rest\n",
    "faq/categories.yaml": "basics: The basics\n",
    "sources.yaml": 'hopper-2020: {authors: "Hopper", year: 2020, title: "Hops", where: "J Hops", doi: "10.1/x"}\n',
    "exercises/hop.md": "---\nname: Hop\nequipment: [none]\ngroup: jumps\nworks: Calves\n---\n## Steps\n1. Hop.\n",
    "workouts/easy-walk.yaml": (
        "name: Easy\nwhy: To move.\n"
        "phases:\n  - {name: Begin, effort: easy, text: Walk.}\n  - {name: Walk, effort: easy, text: Walk.}\n"
        "  - {name: End, effort: easy, text: Walk.}\n"
        "exercises:\n  - {exercise: hop, sets: 2, reps: '10'}\nsources: [hopper-2020]\n"
    ),
    "safety/chest.md": "---\nurgency: now\n---\n**Stop.** Call for help.\n",
    "safety/chest.txt": "my chest hurts\n",
    "understanding/smalltalk/greeting.txt": "hi there\n",
    "understanding/vocabulary.yaml": (CONTENT / "en/understanding/vocabulary.yaml").read_text("utf-8"),
    "safety/chest.patterns.yaml": "rank: 1\nrules:\n  - all: [chest, pain | hurts]\n",
    "outside.txt": "what time is it\nhello\n",
    "messages/labels.yaml": "",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small content folder without faults."""
    for name, text in FILES.items():
        path = tmp_path / "en" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def faults_of(root: Path) -> list[str]:
    with pytest.raises(ContentProblems) as raised:
        load(root)
    return [str(fault) for fault in raised.value.faults]


def change(root: Path, name: str, old: str, new: str) -> None:
    path = root / "en" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_good_folder_loads(root: Path) -> None:
    english = load(root).language("en")
    entry = english.entries["hop"]
    assert entry.question == "Should I hop?"
    assert entry.confidence is Confidence.MEDIUM
    assert entry.reviewed == date(2026, 11, 22)
    assert entry.html.startswith("<b>Yes, a little.</b> Hopping loads the calf. Then")
    assert entry.reviewed_line == 7
    assert entry.phrasings == ("is hopping good", "hop or not")
    assert english.categories == {"basics": "The basics"}
    assert english.sources["hopper-2020"].citation == "Hopper (2020). Hops. J Hops. doi:10.1/x."
    assert english.exercises["hop"].sections == {"Steps": "1. Hop."}
    assert english.workouts["easy-walk"].exercises[0].exercise == "hop"
    assert english.safety["chest"].urgency == "now"
    assert english.safety["chest"].pauses


@pytest.mark.parametrize("page", ["PMC4889641", "PMID 24944852", "ISBN 978-0-306-40615-7", "www.nhs.uk/conditions/x/"])
def test_a_source_without_a_date_says_so_and_can_be_found(root: Path, page: str) -> None:
    change(root, "sources.yaml", "year: 2020", "year: n.d.")
    change(root, "sources.yaml", 'doi: "10.1/x"', f'page: "{page}"')
    source = load(root).language("en").sources["hopper-2020"]
    assert source.year is None
    assert source.citation == f"Hopper (n.d.). Hops. J Hops. {page}."


def test_content_cannot_be_changed(root: Path) -> None:
    english = load(root).language("en")
    with pytest.raises(FrozenInstanceError):
        english.entries["hop"].question = "?"  # type: ignore[misc]
    with pytest.raises(TypeError):
        english.entries["new"] = english.entries["hop"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("faq/hop.md", "question: Should I hop?\n", "", "en/faq/hop.md:2 'question' is missing"),
        ("faq/hop.md", "confidence: medium", "confidence: sure", "en/faq/hop.md:6 'confidence' is 'sure'"),
        ("faq/hop.md", "2026-11-22", "yesterday", "en/faq/hop.md:7 'reviewed' should be a date"),
        ("faq/hop.md", "2026-11-22", "2026-13-45", "en/faq/hop.md:7 'reviewed' should be a date"),
        ("faq/hop.md", "action: today", "action: fly", "en/faq/hop.md:8 unknown action 'fly'"),
        ("faq/hop.md", "action: today", "acton: today", "en/faq/hop.md:8 unknown field 'acton'"),
        ("faq/hop.md", "action: today", "category: basics", "en/faq/hop.md:8 'category' stands twice"),
        ("faq/hop.md", "[hopper-2020]", "[]", "en/faq/hop.md:5 'sources' needs at least 1"),
        ("faq/hop.md", "[hopper-2020]", "[nobody-1900]", "en/faq/hop.md:5 unknown source 'nobody-1900'"),
        ("faq/hop.md", "[hopper-2020]", "hopper-2020", "en/faq/hop.md:5 'sources' should be a list"),
        ("faq/hop.md", "[rest,", "[rest, gone,", "en/faq/hop.md:4 unknown entry 'gone'"),
        ("faq/hop.md", "[rest,", "[hop,", "en/faq/hop.md:4 unknown entry 'hop'"),
        ("faq/hop.md", "[rest, walk]", "[rest]", "en/faq/hop.md:4 'related' needs at least 2"),
        ("faq/hop.md", "[rest, walk]", "[rest, walk, a, b, c]", "en/faq/hop.md:4 'related' has 5; 4 are enough"),
        ("faq/hop.md", "Then it rests", "Then", "en/faq/hop.md:11 has 55 words; an answer has 60 to 160"),
        ("faq/hop.md", "Then it rests", "Then it rests " + "on " * 16, "words; an answer has 60 to 160"),
        ("faq/hop.md", "**Yes, a little.**", "Yes, a little.", "en/faq/hop.md:11 should begin with the answer"),
        ("faq/hop.md", "**Yes, a little.**", "**Yes.** A ** little", "en/faq/hop.md:11 '**' is shown as it stands"),
        ("faq/hop.md", "the calf.", "the calf: https://a.test/b.", "en/faq/hop.md:11 an address is not part of a text"),
        ("faq/rest.md", "Should I rest?", "should i HOP", "en/faq/rest.md:2 asks the same as en/faq/hop.md:2"),
        ("faq/hop.md", "category: basics", "category: other", "en/faq/hop.md:3 unknown category 'other'"),
        ("faq/hop.md", "[hop]", "[skip]", "en/faq/hop.md:9 unknown exercise 'skip'"),
        ("faq/hop.md", "---\nquestion", "question", "en/faq/hop.md:1 should start with front matter"),
        ("faq/hop.md", "Hopping loads", "<br>loads", "en/faq/hop.md:11 HTML is not part of the subset"),
        ("faq/hop.md", ENTRY.split("---\n")[2], "", "en/faq/hop.md:11 the text is missing"),
        ("faq/hop.md", "the calf.", "calf " * 700, f"characters; {ANSWER_ROOM} fit a message"),
        ("faq/hop.md", "Should I hop?", "Should I hop " * 10, "fit a button"),
        ("faq/hop.md", "[rest, walk]", "[rest", "en/faq/hop.md:5 is not valid YAML"),
        ("faq/hop.txt", "hop or not", "is hopping good", "en/faq/hop.txt:3 repeats line 2"),
        ("faq/hop.txt", "hop or not", "Is hopping GOOD?", "en/faq/hop.txt:3 repeats line 2"),
        ("faq/hop.txt", "is hopping good\nhop or not\n", "", "en/faq/hop.txt:1 is empty: it lists nothing"),
        ("faq/rest.txt", "do i need rest", "Is hopping good?", "en/faq/rest.txt:1 asks the same as en/faq/hop.txt:2"),
        ("faq/rest.txt", "do i need rest", "Should I hop", "en/faq/rest.txt:1 asks the same as en/faq/hop.md:2"),
        ("faq/rest.txt", "do i need rest", "What time is it?", "en/faq/rest.txt:1 asks the same as en/outside.txt:1"),
        (
            "faq/rest.txt",
            "do i need rest",
            "my chest hurts",
            "en/faq/rest.txt:1 asks the same as en/safety/chest.txt:1",
        ),
        ("faq/rest.txt", "do i need rest", "Hiii there", "en/faq/rest.txt:1 is small talk"),
        ("outside.txt", "hello", "WHAT time is it", "en/outside.txt:2 repeats line 1"),
        ("faq/categories.yaml", "basics: The basics", "- basics", "en/faq/categories.yaml:1 should be 'key: value'"),
        ("sources.yaml", 'title: "Hops", ', "", "en/sources.yaml:1 'title' is missing"),
        ("sources.yaml", '"Hops"', '"[Hops]"', "en/sources.yaml:1 'title' should be the real title"),
        ("sources.yaml", '"Hopper"', '"Unnamed author"', "en/sources.yaml:1 'authors' is 'Unnamed author'; who wrote"),
        ("sources.yaml", '"Hopper"', '"Authors not recorded here"', "en/sources.yaml:1 'authors' is 'Authors not"),
        ("sources.yaml", "year: 2020, ", "", "en/sources.yaml:1 'year' is missing"),
        ("sources.yaml", ', doi: "10.1/x"', "", "en/sources.yaml:1 a 'doi' or a 'page' is missing"),
        ("sources.yaml", 'doi: "10.1/x"', 'page: "study listing"', "en/sources.yaml:1 'page' is 'study listing'"),
        ("sources.yaml", 'doi: "10.1/x"', 'doi: "10.1/x", note: "secondary"', "en/sources.yaml:1 unknown field 'note'"),
        ("sources.yaml", "year: 2020", "year: 2020, year: 2021", "en/sources.yaml:1 'year' stands twice"),
        ("sources.yaml", "year: 2020", "year: old", "en/sources.yaml:1 'year' should be a whole number"),
        ("sources.yaml", "year: 2020", "year: 3020", "en/sources.yaml:1 'year' should be a whole number, 2100 or less"),
        ("sources.yaml", "10.1/x", "https://doi.org/10.1/x", "en/sources.yaml:1 'doi' is 'https://doi.org/10.1/x'"),
        ("sources.yaml", "10.1/x", "banana", "en/sources.yaml:1 'doi' is 'banana'"),
        (
            "exercises/hop.md",
            "works: Calves",
            "works: C\neasier: hopp",
            "en/exercises/hop.md:6 unknown exercise 'hopp'",
        ),
        ("exercises/hop.md", "[none]", "[piano]", "en/exercises/hop.md:3 unknown equipment 'piano'"),
        ("exercises/hop.md", "group: jumps", "group: jump", "en/exercises/hop.md:4 unknown group 'jump'"),
        ("exercises/hop.md", "## Steps\n", "", "en/exercises/hop.md:7 '## Steps' is missing"),
        ("workouts/easy-walk.yaml", "name: Walk,", "", "en/workouts/easy-walk.yaml:5 'name' is missing"),
        ("workouts/easy-walk.yaml", "- {name: End", "# {", "en/workouts/easy-walk.yaml:3 'phases' should be 3"),
        ("workouts/easy-walk.yaml", "hop", "fly", "en/workouts/easy-walk.yaml:7 unknown exercise 'fly'"),
        ("safety/chest.md", "now", "bad", "en/safety/chest.md:2 'urgency' is 'bad'"),
        ("safety/chest.md", "now\n", "now\nbefore: [gone]\n", "en/safety/chest.md:3 unknown entry 'gone'"),
        ("safety/chest.md", "now\n", "now\nbeside: [gone]\n", "en/safety/chest.md:3 unknown entry 'gone'"),
        ("safety/chest.patterns.yaml", "[chest,", "[$chest,", "en/safety/chest.patterns.yaml:3 unknown group '$chest'"),
    ],
)
def test_each_mistake_is_reported_with_file_and_line(root: Path, name: str, old: str, new: str, fault: str) -> None:
    change(root, name, old, new)
    assert any(fault in found for found in faults_of(root)), faults_of(root)


def test_all_faults_are_reported_together(root: Path) -> None:
    change(root, "faq/hop.md", "confidence: medium", "confidence: sure")
    change(root, "faq/rest.md", "[hop, walk]\nsources", "[hop, gone]\nsources")
    change(root, "safety/chest.md", "now", "bad")
    assert [fault.split(" ")[0] for fault in faults_of(root)] == [
        "en/faq/hop.md:6", "en/faq/rest.md:4", "en/safety/chest.md:2",
    ]  # fmt: skip


def test_files_that_cannot_be_read_are_faults(root: Path) -> None:
    (root / "en/faq/hop.md").write_bytes(b"---\nquestion: \xff\n---\n")
    assert faults_of(root) == ["en/faq/hop.md:2 is not UTF-8 text"], "and nobody is blamed for naming it"


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("sources.yaml", "hopper-2020: {authors: [\n", "2 is not valid YAML"),
        ("sources.yaml", "", "1 is empty"),
        ("sources.yaml", "hopper-2020:\n", "1 'hopper-2020' is missing"),
        ("faq/categories.yaml", "# nothing\n", "1 is empty"),
        ("exercises/hop.md", "Hop.\n", "1 should start with front matter"),
    ],
)
def test_a_fault_is_not_hidden_under_those_that_follow_from_it(root: Path, name: str, text: str, fault: str) -> None:
    (root / "en" / name).write_text(text)
    [found] = faults_of(root)
    assert found.startswith(f"en/{name}:{fault}")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("faq/sub/x.md", "no file of this folder is"),
        ("faq/x.markdown", "only *.md, *.txt, categories.yaml are"),
        ("faq/x.MD", "only *.md, *.txt, categories.yaml are"),
        (
            "safety/chest.pattern.yaml",
            "only *.md, *.txt, *.patterns.yaml, labelled.tsv, words.yaml, urgency.yaml, instead.yaml, remarks.yaml are",
        ),
        ("workouts/x.yml", "only *.yaml is"),
        ("messages/today/x.j2.txt", "only *.j2, labels.yaml are"),
        ("outsid.txt", "only sources.yaml, outside.txt are"),
    ],
)
def test_a_file_that_nobody_reads_is_a_fault(root: Path, name: str, fault: str) -> None:
    path = root / "en" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x\n")
    assert faults_of(root) == [f"en/{name}:1 is not read: {fault}"]


@pytest.mark.parametrize("name", ["_ideas.md", "faq/hop.md~", ".DS_Store", "faq/_later/x.md"])
def test_notes_and_what_editors_leave_behind_are_none(root: Path, name: str) -> None:
    (root / "en" / name).parent.mkdir(exist_ok=True)
    (root / "en" / name).write_text("x\n")
    load(root)


def test_phrasings_without_an_entry_are_a_fault(root: Path) -> None:
    (root / "en/faq/lost.txt").write_text("where am i\n", encoding="utf-8")
    (root / "en/safety/nope.txt").write_text("it hurts badly\n", encoding="utf-8")
    assert faults_of(root) == [
        "en/faq/lost.txt:1 phrasings without an entry: lost.md is missing",
        "en/safety/nope.txt:1 examples without a message: nope.md is missing",
    ]


def test_file_names_must_fit_links(root: Path) -> None:
    shutil.copy(root / "en/exercises/hop.md", root / "en/exercises/Hop Again.md")
    assert any(fault.startswith("en/exercises/Hop Again.md:1 the file's name") for fault in faults_of(root))


def test_english_must_be_there(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == ["en:1 the English content is missing"]


def test_a_second_language_borrows_what_it_lacks(root: Path) -> None:
    other = root / "xx"
    (other / "faq").mkdir(parents=True)
    text = (root / "en/faq/hop.md").read_text(encoding="utf-8").replace("Should I hop?", "Hoppa?")
    (other / "faq/hop.md").write_text(text, encoding="utf-8")
    content = load(root)
    assert content.language("xx-YY").entries["hop"].question == "Hoppa?"
    assert content.language("xx").entries["rest"].question == "Should I rest?"
    assert "faq/rest.md" in content.language("xx").borrowed
    assert content.language("de").code == content.language(None).code == "en"


def test_a_language_may_be_one_list_but_not_nothing(root: Path) -> None:
    for code in ("xx", "yy"):
        (root / code).mkdir()
    (root / "xx/outside.txt").write_text("wie spät ist es\n")
    assert load(root).language("xx").borrowed.count("outside.txt") == 0
    (root / "yy/faqs").mkdir()
    [fault] = faults_of(root)
    assert fault.startswith("yy:1 a language's folder holds some of exercises, faq, ")


def test_words_are_counted_in_english_only(root: Path) -> None:
    (root / "xx/faq").mkdir(parents=True)
    text = (root / "en/faq/hop.md").read_text(encoding="utf-8").replace("Should I hop?", "Hoppa?")
    (root / "xx/faq/hop.md").write_text(text[: text.index("Then")], encoding="utf-8")
    assert load(root).language("xx").entries["hop"].text == "Yes, a little. Hopping loads the calf."


def test_windows_files_load(root: Path) -> None:
    path = root / "en/faq/hop.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(root).language("en").entries["hop"].text.startswith("Yes, a little.")


def test_old_reviews_are_listed(root: Path) -> None:
    content = load(root)
    assert stale(content, date(2027, 11, 22)) == ()
    lines = {"hop": 7, "rest": 7, "walk": 7}
    late = [str(fault) for fault in stale(content, date(2027, 11, 23))]
    assert late == [f"en/faq/{slug}.md:{line} not reviewed since 2026-11-22" for slug, line in lines.items()]
    (root / "xx/faq").mkdir(parents=True)
    assert [str(fault) for fault in stale(load(root), date(2027, 11, 23))] == late, "what is borrowed is English's"
    assert str(ahead(content, date(2026, 11, 21))[0]).startswith("en/faq/hop.md:7 reviewed on 2026-11-22, which is")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"done: Done\nlater: Sp\xe4ter\n", "2 is not UTF-8 text"),
        (b"done: Done\nlater: 2026-11-22\n", "2 label 'later' is not text: it needs quotes"),
        (b"done: Done\nlater:\n", "2 label 'later' is empty"),
        (b"done: Done\n[a, b]: c\n", "2 is not valid YAML: found unhashable key"),
        (b"done: Done\n\ndone: Ready\n", "3 'done' stands twice"),
        (b"done: Done\nlater: a: b\n", "2 is not valid YAML: mapping values are not allowed in this context"),
        (b"done: Done\n\nweekdays: Mo Tu\n", "3 label 'weekdays' should have 7 names"),
        (b"- done\n", "1 should be 'key: value' lines"),
    ],
)
def test_labels_that_cannot_be_read_are_one_fault_with_its_line(root: Path, text: bytes, fault: str) -> None:
    (root / "en/messages/labels.yaml").write_bytes(text)
    (root / "xx/messages").mkdir(parents=True)
    (root / "xx/messages/labels.yaml").write_text("done: X\n")
    needs = Needed({}, {}, {"done": frozenset()}, frozenset())
    with pytest.raises(ContentProblems) as raised:
        load(root, needs=needs)
    assert [str(found) for found in raised.value.faults] == [f"en/messages/labels.yaml:{fault}"]


def test_a_label_may_look_like_a_date(root: Path) -> None:
    (root / "en/messages/labels.yaml").write_text("done: 2026-13-45\n")
    assert load(root).language("en").messages.label("done") == "2026-13-45"


# Our own content


def test_the_catalogue_is_whole(content: Content) -> None:
    english = content.language("en")
    assert len(english.entries) >= 114
    assert {entry.category for entry in english.entries.values()} == set(english.categories)


def test_answers_are_short_and_lead_with_the_answer(content: Content) -> None:
    for entry in content.language("en").entries.values():
        assert 60 <= len(entry.text.split()) <= 160, entry.slug
        assert entry.html.startswith("<b>"), entry.slug
        assert 2 <= len(entry.related) <= 4, entry.slug


def test_a_title_that_asks_ends_in_its_own_mark(content: Content) -> None:
    cited = [source.citation for source in content.language("en").sources.values()]
    assert any("? " in line for line in cited)
    assert [line for line in cited if "?." in line or ".." in line or not line.endswith(".")] == []


def test_every_source_is_cited(content: Content) -> None:
    english = content.language("en")
    cited = {key for entry in english.entries.values() for key in entry.sources}
    cited |= {key for exercise in english.exercises.values() for key in exercise.sources}
    cited |= {key for workout in english.workouts.values() for key in workout.sources}
    for path in (CONTENT / "en/safety").glob("*.md"):
        page = read_page(path, CONTENT, [])
        cited |= set(page[0].texts("sources") if page else ())
    assert set(english.sources) - cited == set()


def test_every_entry_is_asked_in_many_ways(content: Content) -> None:
    for entry in content.language("en").entries.values():
        assert len(entry.phrasings) >= 30, entry.slug


KINDS = """
    chest faint dvt rupture compartment stress-fracture hip-stress-fracture rhabdo nerve stroke headache head-injury
    allergy asthma heat hyponatraemia hypoglycaemia infection medicine-tendon statin bleeding circulation period
    pregnancy postnatal minor eating despair conditions sprain illness pain
""".split()  # noqa: SIM905


def test_every_kind_of_red_flag_has_a_message_that_can_be_acted_on(content: Content) -> None:
    safety = content.language("en").safety
    assert sorted(safety) == sorted(KINDS)
    for kind, message in safety.items():
        assert message.html.startswith("<b>"), kind
        assert len(message.text) <= 900, kind
        page = read_page(CONTENT / f"en/safety/{kind}.md", CONTENT, [])
        assert page is not None
        assert page[0].texts("sources"), kind
        if message.urgency == "now":
            assert "112, 911, 999 or your local number" in message.text, kind
            assert message.pauses, kind


def test_every_red_flag_has_words_and_examples(content: Content) -> None:
    folder = Path("content/en/safety")
    for kind in content.language("en").safety:
        assert (Path(__file__).parents[2] / folder / f"{kind}.patterns.yaml").exists(), kind
        assert (Path(__file__).parents[2] / folder / f"{kind}.txt").exists(), kind


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        (
            "messages/labels.yaml",
            "minutes: '{minuts} min'",
            "xx/messages/labels.yaml:1 label 'minutes' should be filled",
        ),
        ("messages/labels.yaml", "minuets: x", "xx/messages/labels.yaml:1 unknown label 'minuets'"),
        ("messages/labels.yaml", "weekdays: lundo mardo", "xx/messages/labels.yaml:1 label 'weekdays' should have 7"),
    ],
)
def test_a_label_that_could_not_be_shown_is_a_fault(root: Path, name: str, text: str, fault: str) -> None:
    (root / "en" / name).write_text("minutes: '{minutes} min'\nweekdays: Mo Tu We Th Fr Sa Su\n")
    (root / "xx/messages").mkdir(parents=True)
    (root / "xx" / name).write_text(text)
    assert any(found.startswith(fault) for found in faults_of(root)), faults_of(root)


def test_a_language_may_be_one_file_and_what_it_lacks_is_listed(root: Path) -> None:
    (root / "en/messages/labels.yaml").write_text("done: Done\nlater: Later\n")
    (root / "xx/messages").mkdir(parents=True)
    (root / "xx/messages/labels.yaml").write_text("done: X\n")
    other = load(root).language("xx")
    assert (other.messages.label("done"), other.messages.label("later")) == ("X", "Later")
    assert {"messages/labels.yaml later", "faq/hop.txt", "safety/chest.patterns.yaml", "outside.txt"} <= set(
        other.borrowed
    )
    assert "messages/labels.yaml done" not in other.borrowed


def test_red_flags_of_english_are_seen_in_every_language(root: Path) -> None:
    (root / "xx/faq").mkdir(parents=True)
    assert load(root).language("xx").finder.detect_red_flags("my chest hurts").safety == "chest"


def test_a_folder_that_is_named_like_no_language_is_a_fault(root: Path) -> None:
    (root / "German/faq").mkdir(parents=True)
    assert "German:1 a language's folder is named like its code: de, pt-br" in faults_of(root)
