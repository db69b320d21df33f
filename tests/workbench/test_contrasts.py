"""Lint holds twins to be a pair."""

from pathlib import Path

import pytest

from drillbox.workbench.lint import lint
from tests.workbench.test_lint import change, course

__all__ = ["course"]  # a fixture


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (
            "tel",
            None,
            "12:15: card pick: contrast: there is no card `tel`; write `tell`",
        ),
        ("pick", None, "card pick: contrast: a card is no twin of itself"),
        ("tell", None, "card pick: contrast: tell does not name this card; write"),
        ("tell", "pick\n    group: g", "both are of the group g"),
        ("sum", "pick", "card pick: contrast: both are core cards of one drop"),
        ("tell", "pick", None),
    ],
)
def test_twins_name_each_other(
    course: Path, first: str, second: str | None, said: str | None
) -> None:
    change(course, "kind: choice", f"kind: choice\n    contrast: {first}")
    if second:
        change(course, f"id: {first}\n", f"id: {first}\n    contrast: {second}\n")
    if second and "group" in second:
        change(course, "kind: choice", "kind: choice\n    group: g")
    found = [str(one) for one in lint(str(course), quick=True)]
    assert (found == []) if said is None else (said in found[0])
