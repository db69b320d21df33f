"""The app under test, on the small course, the real one, or one with every kind."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from textual.pilot import Pilot

from drillbox.domain.course import Course
from drillbox.domain.settings import Settings
from drillbox.history.log import Log
from drillbox.screen.app import DrillApp, Wish

GOLDEN = Path(__file__).parents[1] / "domain" / "golden"

HEAD = """
id: kinds
title: Every kind
goal: To test with.
level: Applied
category: technology
days: 8
minutes: [5, 8]
phases: [{title: One, outcome: One thing}]
"""


def drops() -> list[dict[str, Any]]:
    """One drop for each kind, with the first card of its golden file."""
    found = []
    for number, path in enumerate(sorted(GOLDEN.glob("*.yaml")), 1):
        card = yaml.safe_load(path.read_text(encoding="utf-8"))[0]["card"]
        words = {"id": f"drop-of-{path.stem}", "title": path.stem, "does": "read"}
        place = {"drop": number, "phase": 1, "minutes": 5, "reading": "Read it."}
        found.append({**words, **place, "cards": [card]})
    return found


@pytest.fixture
def kinds(tmp_path: Path) -> Course:
    """Eight drops, one for each kind of card in the order of the alphabet."""
    from drillbox.library.load import load_course

    directory = tmp_path / "kinds"
    (directory / "drops").mkdir(parents=True)
    (directory / "course.yaml").write_text(HEAD)
    ids: dict[str, list[str]] = {}
    for drop in drops():
        name = f"{drop['drop']:02}-{drop['title']}.yaml"
        text = yaml.safe_dump(drop, allow_unicode=True, sort_keys=False)
        (directory / "drops" / name).write_text(text, encoding="utf-8")
    loaded = load_course(str(directory))
    assert loaded.course is not None, loaded.problems
    return loaded.course
