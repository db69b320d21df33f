"""The committed schema is the one that the models give."""

from pathlib import Path

from drillbox.workbench.schema import schema

COMMITTED = Path(__file__).parents[2] / "content" / "schema.json"


def test_the_committed_schema_is_todays() -> None:
    told = "run `python -m drillbox.workbench.schema > content/schema.json`"
    assert COMMITTED.read_text(encoding="utf-8") == schema(), told
