"""The picture of a heel-raise test: any counts, one leg or two, with and without what is typical."""

import asyncio
import io
from typing import Any

import pytest
from PIL import Image

from content.rendering.file_renderers import FileRenderers
from content.rendering.pictures import sheet
from content.rendering.pictures.heel_raise_chart import raises


def figures(*sides: tuple[str, int], **changed: Any) -> dict[str, Any]:
    return {
        "draw": "raises", "title": "Single-leg heel raises", "unit": "reps", "sides": [list(side) for side in sides],
        "error": 6, "error_label": "Another day: up to 6", "typical": None, "apart": None,
    } | changed  # fmt: skip


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def drawn(image: Image.Image) -> dict[str, int]:
    found = image.getcolors(1 << 24)
    assert found is not None
    return {"#{:02x}{:02x}{:02x}".format(*colour): count for count, colour in found}  # type: ignore[misc]


def test_a_bar_a_leg_in_its_own_colour() -> None:
    one, two = opened(raises(figures(("Left", 22)))), opened(raises(figures(("Left", 22), ("Right", 27))))
    assert one.width == two.width == sheet.WIDTH
    assert two.height > one.height
    assert sheet.SECOND not in drawn(one)
    assert {sheet.FIRST, sheet.SECOND} <= drawn(two).keys()


def test_a_longer_bar_for_more_raises() -> None:
    few, many = (drawn(opened(raises(figures(("Left", count))))) for count in (15, 30))
    assert many[sheet.FIRST] > 1.8 * few[sheet.FIRST]


def test_what_is_typical_stands_only_where_it_is_known() -> None:
    plain = figures(("Left", 22), ("Right", 27))
    known = plain | {"typical": ["Typical: 24", 24]}
    assert opened(raises(known)).height > opened(raises(plain)).height
    assert drawn(opened(raises(known)))[sheet.INK] > drawn(opened(raises(plain)))[sheet.INK]


@pytest.mark.parametrize("left", [0, 1, 6, 40, 100])
@pytest.mark.parametrize("right", [0, 37, 100])
def test_any_counts(left: int, right: int) -> None:
    picture = figures(("Left", left), ("Right", right), typical=["Typical: 10", 10], apart="9 apart")
    assert opened(raises(picture)).width == sheet.WIDTH


def test_it_is_drawn_by_its_name_in_a_stored_message() -> None:
    renderers = FileRenderers()
    try:
        assert opened(asyncio.run(renderers(figures(("Left", 22))))).width == sheet.WIDTH
    finally:
        renderers.close()
