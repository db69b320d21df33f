"""Every screen looks as its committed picture; every colour can be read."""

import pytest

from tests import pictures, states

BY_HAND = "read the difference; if it is meant, run `python tests/pictures.py`"


@pytest.mark.parametrize("name", pictures.SCENES)
def test_a_screen_looks_as_its_picture(name: str) -> None:
    for width, text in pictures.taken(name).texts.items():
        kept = pictures.path_of(name, width).read_text(encoding="utf-8")
        assert text == kept, BY_HAND


@pytest.mark.parametrize("name", pictures.SCENES)
def test_every_text_stands_at_four_and_a_half_to_one_in_both_themes(name: str) -> None:
    for theme, pairs in pictures.taken(name).colours.items():
        assert pairs
        for front, back, text in pairs:
            assert contrast(front, back) >= 4.5, (theme, front, back, text)


def test_no_picture_is_left_over() -> None:
    expected = {
        pictures.path_of(name, width)
        for name in pictures.SCENES
        for width, _ in pictures.sizes_of(name)
    } | {
        pictures.path_of(name, width)
        for name in states.STATES
        for width, _ in states.sizes_of(name)
    }
    assert set(pictures.PICTURES.iterdir()) == expected


def contrast(front: pictures.Rgb, back: pictures.Rgb) -> float:
    """The contrast ratio of WCAG 2.2."""
    dark, light = sorted((luminance(front), luminance(back)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: pictures.Rgb) -> float:
    """Relative luminance of sRGB, by WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
