"""What a process imports: the promises that a static graph cannot prove."""

import subprocess
import sys

import pytest

HEAVY = {"textual", "torch", "numpy", "pydantic", "yaml", "sqlite_utils", "click"}


def modules(code: str) -> set[str]:
    """The top-level modules that a fresh process has after running `code`."""
    program = f"{code}\nimport sys\nprint(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize(
    ("code", "forbidden"),
    [
        ("import drillbox", HEAVY),
        ("import drillbox.places, drillbox.history.due", HEAVY),
        ("import drillbox.screen.app", HEAVY - {"textual"}),
        ("import drillbox.session, drillbox.plain, drillbox.library.load", {"torch"}),
        ("import drillbox.grader.supervisor", {"torch", "textual"}),
        ("import drillbox.lab", {"torch", "textual"}),
        ("import drillbox.domain.answer, drillbox.domain.mathtext", {"numpy", "torch"}),
    ],
)
def test_this_import_stays_light(code: str, forbidden: set[str]) -> None:
    assert not modules(code) & forbidden


def test_drillbox_itself_imports_nothing_but_the_standard_library() -> None:
    new = modules("import drillbox.__main__") - modules("pass")
    assert {name for name in new if name not in sys.stdlib_module_names} == {"drillbox"}


def test_the_first_paint_needs_no_course_and_no_record() -> None:
    code = (
        "import os, asyncio\n"
        "from drillbox.screen.app import DrillApp, Wish\n"
        "def never(*a): raise SystemExit('opened before the first paint')\n"
        "app = DrillApp(Wish(), never, never)\n"
    )
    assert not modules(code) & (HEAVY - {"textual"})
