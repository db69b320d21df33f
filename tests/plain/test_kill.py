"""kill -9 at any moment loses at most the answer that was not yet given."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

DEATHS = 200
DRIVER = Path(__file__).with_name("kill_driver.py")
SMALL = Path(__file__).parents[1] / "courses" / "small"

# Answers on disk beyond the verdicts that were painted, for a death at this point.
BEYOND = {"keystroke": {0}, "written": {0}, "committed": {1}, "journalled": {1}}


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    home = tmp_path_factory.mktemp("killed")
    arguments = [str(SMALL), str(home), str(DEATHS)]
    done = subprocess.run(
        [sys.executable, str(DRIVER), *arguments], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_no_painted_verdict_is_ever_lost(killed: dict[str, list]) -> None:
    rows = killed["rows"]
    assert len(rows) == DEATHS
    assert all(painted <= kept <= painted + 1 for _, painted, kept in rows)
    assert sum(painted for _, painted, _ in rows) > DEATHS / 2


def test_at_a_named_point_exactly_what_was_committed_is_kept(
    killed: dict[str, list],
) -> None:
    named = [row for row in killed["rows"] if row[0] is not None]
    assert len(named) == DEATHS / 2
    for point, painted, kept in named:
        assert kept - painted in BEYOND.get(point, {0}), (point, painted, kept)


def test_the_schedule_is_still_the_fold_of_the_log(killed: dict[str, bool]) -> None:
    assert killed["same"] is True
