"""`drillbox doctor`: what it says is what was found, also where a layer is missing."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from drillbox.cli import app
from drillbox.grader.sandbox import examined, landlock, seccomp
from drillbox.grader.sandbox.ladder import CANARIES, NUMBER, Sandbox

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not landlock.abi() or not seccomp.available(),
    reason="level 2 is not given by this machine: no Landlock or no seccomp",
)


def doctor(*words: str) -> str:
    result = CliRunner().invoke(app, ["doctor", *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_without_bubblewrap_the_level_the_way_up_and_what_stays_open_are_said(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    text = doctor()
    assert text.startswith("Sandbox: confined (level 2: Landlock")
    assert "The way up: install the package bubblewrap; drillbox doctor" in text
    assert "how large and how old they are" in text
    assert text.count("  blocked  ") == len(CANARIES) == 6
    assert "Reference solution: out of reach." in text
    assert "macOS" in text and "Windows" in text and "CUDA" in text


def test_the_json_has_every_part(home: Path) -> None:
    told = json.loads(doctor("--json"))
    assert told["number"] == NUMBER[told["level"]] >= 2
    assert set(told["probes"]) == set(told["author"]["probes"]) == set(CANARIES)
    assert set(told["probes"].values()) == {"blocked"}
    assert not told["reference_readable"] and not told["author"]["reference_readable"]
    assert told["not_covered"] and len(told["never_run_by_a_test"]) >= 4
    assert {"python", "torch", "bubblewrap", "landlock"} <= told["versions"].keys()


@pytest.mark.parametrize("level", NUMBER)
def test_every_level_says_what_it_leaves_open_and_praises_nothing(level) -> None:
    through = {"limits only": CANARIES, "guarded": ("read",)}.get(level, ())
    sandbox = Sandbox(level, (), through, bool(through), "no reason")
    said = "\n".join(examined.Examined(sandbox, sandbox, {"python": "3"}).text())
    assert said.count("NOT BLOCKED") == len(through)
    assert ("can be read" in said) == bool(through)
    assert "secure" not in said.lower() and f"level {sandbox.number}" in said
    assert list(examined.not_covered(sandbox))
