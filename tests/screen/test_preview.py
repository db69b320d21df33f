"""What was understood of a formula is shown while it is typed."""

from pathlib import Path

import pytest

from drillbox.screen.preview import Preview, understood
from tests import pictures, states

NAMES = frozenset({"beta", "h"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("beta*h", "beta*h"),
        ("-log(h)/(beta+1", "-log(h)/(beta+1)"),
        ("exp(log(h", "exp(log(h))"),
        ("beta*", None),
        ("log(", None),
        ("beta*q", None),
        ("beta)", None),
        ("", None),
    ],
)
def test_what_is_open_is_closed_and_what_is_strange_is_not_understood(
    text: str, found: str | None
) -> None:
    read = understood(text, NAMES)
    assert (read.text if read else None) == found


@pytest.fixture(scope="module")
def formula(tmp_path_factory: pytest.TempPathFactory):
    directory: Path = tmp_path_factory.mktemp("courses") / "formula"
    return states.card("formula")(directory)


async def test_it_follows_the_line_and_keeps_what_it_had_understood(
    sit_down, formula
) -> None:
    async with sit_down(formula) as seat:
        await seat.press(*pictures.ENTERS)
        assert not seat.screen.query_one(Preview).display
        await seat.press(*"beta*h")
        assert "β · h" in seat.text and "β · h …" not in seat.text
        await seat.press(*"+q")
        assert "β · h …" in seat.text
        await seat.press(*["backspace"] * len("beta*h+q"))
        assert not seat.screen.query_one(Preview).display


async def test_a_quotient_stands_as_a_fraction(sit_down, formula) -> None:
    async with sit_down(formula) as seat:
        await seat.press(*pictures.ENTERS, *"h/(1+beta)")
        rows = [line.strip() for line in seat.lines]
        assert rows[rows.index("h") :][:3] == ["h", "─────", "1 + β"]
