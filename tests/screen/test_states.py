"""Each kind of card, and what is empty, wrong or in the way, looks as its picture."""

import pytest

from tests import pictures, states
from tests.screen.test_pictures import contrast

BY_HAND = "read the difference; if it is meant, run `python tests/states.py`"


@pytest.mark.parametrize("name", states.STATES)
def test_a_state_looks_as_its_picture(name: str) -> None:
    for width, text in states.taken(name).texts.items():
        kept = pictures.path_of(name, width).read_text(encoding="utf-8")
        assert text == kept, BY_HAND


@pytest.mark.parametrize("name", states.STATES)
def test_every_text_stands_at_four_and_a_half_to_one_in_both_themes(name: str) -> None:
    for theme, pairs in states.taken(name).colours.items():
        assert pairs
        for front, back, text in pairs:
            assert contrast(front, back) >= 4.5, (theme, front, back, text)
