"""The shipped record of three-pairs, as the records that a run streams."""

from typing import Any

import pytest

from drillbox.lab.keep import shipped


@pytest.fixture
def kept() -> list[dict[str, Any]]:
    document = shipped("three-pairs")
    return [
        {"type": "header", **document["header"]},
        *({"type": "pair", **pair} for pair in document["pairs"]),
        *({"type": "step", **step} for step in document["steps"]),
        *({"type": "replay", **replay} for replay in document["replays"]),
        {"type": "end", "seconds": 3.0},
    ]
