"""Graders at levels 3 and 2, each test at both; what a machine cannot give is said."""

import getpass
from collections.abc import Iterator
from pathlib import Path

import pytest

from drillbox.grader.exercise import find
from drillbox.grader.sandbox.ladder import LAYERS, NUMBER, Layer, Sandbox
from drillbox.grader.supervisor import Grader

RIGHT = Path(__file__).parents[1] / "grader" / "right" / "textbook.py"
LEVELS: dict[str, frozenset[Layer]] = {
    "sealed": LAYERS,
    "confined": frozenset({"landlock", "seccomp"}),
}
RESULTS = pytest.StashKey[dict[str, str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[RESULTS] = {}


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    """One line for each level: reached, or the probe that failed."""
    results = config.stash.get(RESULTS, {})
    if results:
        terminalreporter.section("sandbox levels of the hostile suite")
    for line in results.values():
        terminalreporter.write_line(line)


def reached(level: str, sandbox: Sandbox) -> str:
    """Empty if this level was reached; else what failed."""
    if sandbox.level == level:
        return ""
    probes = f"probes not blocked: {', '.join(sandbox.open)}" if sandbox.open else ""
    return "; ".join(filter(None, [probes, sandbox.why])) or str(sandbox)


@pytest.fixture(scope="session")
def right() -> str:
    """A right answer to dpo-loss."""
    return RIGHT.read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=LEVELS)
def level(request: pytest.FixtureRequest) -> str:
    """The level to be tried."""
    return str(request.param)


@pytest.fixture(scope="module")
def grader(
    level: str, right: str, pytestconfig: pytest.Config, tmp_path_factory
) -> Iterator[Grader]:
    """A warm grader at this level, with every worker started; else a skip that says
    which probe failed, once more in the summary."""
    with Grader(layers=LEVELS[level]) as warm:
        for name in ("dpo-gradient", "dpo-train-step"):
            warm.grade(find(name), "")
        report = warm.grade(find("dpo-loss"), right)
        assert report.passed and report.sandbox is not None, str(report)
        failed = reached(level, report.sandbox)
        name = f"level {NUMBER[report.sandbox.level if not failed else level]} {level}"
        if failed:
            said = f"{name}: not given by this machine, nothing was run: {failed}"
            pytestconfig.stash[RESULTS][level] = said
            pytest.skip(said)
        layers = ", ".join(report.sandbox.layers)
        said = f"{name}: run as {getpass.getuser()} behind {layers}"
        pytestconfig.stash[RESULTS][level] = said
        yield warm


@pytest.fixture(scope="session")
def given() -> set[Layer]:
    """The layers that a worker can really be put behind here."""
    with Grader() as warm:
        sandbox = warm.grade(find("dpo-gradient"), "").sandbox
    assert sandbox is not None
    words = {"bubblewrap": "bwrap", "Landlock": "landlock", "seccomp": "seccomp"}
    names = {layer.split()[0] for layer in sandbox.layers}
    return {layer for word, layer in words.items() if word in names}
