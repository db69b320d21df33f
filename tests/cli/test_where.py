"""`drillbox where` names every directory."""

from pathlib import Path

import pytest

from drillbox import places
from drillbox.cli.shell import run


def test_every_place_there_is_has_a_line(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["where"]) == 0
    out = capsys.readouterr().out
    named = [
        value
        for value in vars(places).values()
        if getattr(value, "__module__", "") == places.__name__
        and not value.__name__.startswith("_")
    ]
    assert len(named) >= 10
    for place in named:
        # the two directories of `shipped` are named instead; `short` is no place
        if place not in (places.shipped, places.short):
            assert str(place()) in out
    assert not home.exists()
    lines = out.splitlines()
    assert len(lines) == len(set(lines)), "a place is named twice"
