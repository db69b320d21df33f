"""`drillbox due` through click, as the help and a nested call reach it."""

from pathlib import Path

import pytest

from drillbox.cli.shell import run


@pytest.mark.parametrize(
    ("arguments", "code", "out"),
    [
        ([], 0, "nothing due\n"),
        (["--quiet"], 1, ""),
        (["--json", "--quiet"], 2, ""),
    ],
)
def test_the_command_says_what_the_fast_path_says(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    out: str,
) -> None:
    assert run(["due", *arguments]) == code
    assert capsys.readouterr().out == out
