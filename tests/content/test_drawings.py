"""The drawings of exercises: each can be drawn, says how it begins and ends, and faults are named with their line."""

from io import BytesIO
from math import hypot
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from content.library import Content
from content.rendering.pictures import drawings
from content.rendering.pictures.poses import FOREARM, SHIN, THIGH, UPPER_ARM, Body, body
from content.rendering.pictures.sheet import FIRST, GROUND, INK, SECOND, WIDTH
from content.schema.drawings import drawing
from content.schema.problems import Problem

STANDING = "{ball: [0, 0], shin: 0, thigh: 0}"
HOP = f"works: [calves]\nposes:\n  - near: {STANDING}\n  - near: {{ball: [0, 0.1], pitch: 40, shin: 0, thigh: 0}}\n"


def lengths(pose: Body) -> list[float]:
    """The lengths of the bones of both legs and the near arm."""
    bones = [(leg.hip, leg.knee) for leg in (pose.near, pose.far)] + [
        (leg.knee, leg.ankle) for leg in (pose.near, pose.far)
    ]
    arm = pose.near_arm
    return [hypot(b[0] - a[0], b[1] - a[1]) for a, b in [*bones, (arm.shoulder, arm.elbow), (arm.elbow, arm.hand)]]


def faults_of(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "en/exercises/hop.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    faults: list[Problem] = []
    read = drawing(path, tmp_path, faults)
    assert (read is None) == bool(faults)
    return [str(fault) for fault in faults]


def test_every_exercise_has_its_drawing(content: Content) -> None:
    english = content.language("en")
    assert set(english.drawings) == set(english.exercises)
    assert all(len(found["poses"]) == 2 for found in english.drawings.values())
    assert all(found["poses"][0] != found["poses"][1] for found in english.drawings.values())


def test_every_drawing_fits_its_picture(content: Content) -> None:
    for slug, found in content.language("en").drawings.items():
        image = Image.open(BytesIO(drawings.exercise({"title": slug, **found}))).convert("RGB")
        assert image.width == WIDTH, slug
        assert 300 < image.height < 900, slug
        colours = {colour for _, colour in image.getcolors(1 << 24) or ()}
        wanted = [INK, GROUND, FIRST, *([SECOND] if found["works"] else [])]
        assert {tuple(bytes.fromhex(each[1:])) for each in wanted} <= colours, slug
        edge = {image.getpixel((x, y)) for y in range(image.height) for x in (2, WIDTH - 3)}
        assert edge == {tuple(bytes.fromhex(GROUND[1:]))}, f"{slug}: nothing is cut off"


def test_bones_keep_their_lengths(content: Content) -> None:
    for slug, found in content.language("en").drawings.items():
        for pose in found["poses"]:
            wanted = [THIGH, THIGH, SHIN, SHIN, UPPER_ARM, FOREARM]
            assert lengths(body(pose)) == pytest.approx(wanted, abs=0.03), slug


@given(st.floats(-30, 60), st.floats(-30, 40), st.floats(-90, 20), st.floats(-20, 80))
def test_a_leg_that_stands_carries_the_hips(pitch: float, shin: float, thigh: float, lean: float) -> None:
    found = body({"near": {"ball": [0.1, 0], "pitch": pitch, "shin": shin, "thigh": thigh}, "lean": lean})
    assert found.near.ball == (0.1, 0)
    assert lengths(found) == pytest.approx([THIGH, THIGH, SHIN, SHIN, UPPER_ARM, FOREARM])


def test_a_strip_shows_two_a_row(content: Content) -> None:
    found = content.language("en").drawings
    moves = [{"title": slug, **found[slug]} for slug in ("standing-calf-raise", "bodyweight-squat", "forward-lunge")]
    heights = [Image.open(BytesIO(drawings.strip({"moves": moves[:most]}))).height for most in (1, 2, 3)]
    assert heights[0] == heights[1] < heights[2]


def test_what_is_in_order_is_no_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path, HOP) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (HOP.replace("calves", "calf"), "en/exercises/hop.yaml:1 unknown muscle 'calf'"),
        (HOP.replace("pitch", "pich"), "en/exercises/hop.yaml:4 a leg has no 'pich'"),
        (HOP + "    leen: 3\n", "en/exercises/hop.yaml:5 unknown field 'leen'"),
        (HOP + "    hand: [5, 5]\n", "en/exercises/hop.yaml:4 cannot be drawn: "),
        (HOP.replace(f"  - near: {STANDING}\n", ""), "en/exercises/hop.yaml:2 'poses' are two"),
        (HOP + "props:\n  - at: [1]\n", "en/exercises/hop.yaml:6 'at' is [x, y] of a roller"),
        (HOP.replace(", shin: 0, thigh: 0", ""), "en/exercises/hop.yaml:3 cannot be drawn: needs a 'hip'"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults_of(tmp_path, text))
