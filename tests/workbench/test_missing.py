"""What lint warns of: each rule has a card that lacks something."""

from pathlib import Path

import pytest

from drillbox.workbench.lint import examine

CARD = """\
id: one
kind: choice
prompt: p
explain: e
options: [{text: a, right: true}, {text: b, why: w}]
"""


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (CARD, ["has no `source`"]),
        (CARD + "source: by hand\n", []),
    ],
)
def test_a_card_without_it_is_warned_of(
    tmp_path: Path, card: str, said: list[str]
) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(card, encoding="utf-8")
    found = examine(str(path), True, print)
    assert found.problems == []
    assert [warning.what for warning in found.warnings] == said
