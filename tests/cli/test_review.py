"""`drillbox review` as it is called: what it shows, and what bad input earns."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COURSES = Path(__file__).parents[1] / "courses"
Done = subprocess.CompletedProcess[str]


def drillbox(home: Path, *words: str, typed: str = "", **env: str) -> Done:
    """One call of the program, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "drillbox", *words],
        input=typed,
        capture_output=True,
        text=True,
        env={**os.environ, "DRILLBOX_HOME": str(home), **env},
    )


def review(home: Path, *words: str, typed: str = "") -> Done:
    """A plain review of the small course."""
    small = str(COURSES / "small")
    return drillbox(home, "review", "--course", small, *words, typed=typed)


def test_without_a_terminal_the_session_is_plain(home: Path) -> None:
    done = review(home, typed="\n?\n")
    assert done.returncode == 0 and done.stderr == ""
    assert "Drop 1: The first drop" in done.stdout
    assert "\x1b" not in done.stdout


def test_formulas_can_be_heard(home: Path) -> None:
    assert "A margin is βh." in review(home, "--plain").stdout
    assert "A margin is beta times h." in review(home, "--spoken").stdout
    home.mkdir(exist_ok=True)
    (home / "settings.yaml").write_text("spoken: true\n")
    assert "A margin is beta times h." in review(home).stdout


def test_drillbox_alone_is_a_review(home: Path) -> None:
    done = drillbox(home)
    assert done.returncode == 0, done.stderr
    assert "Drop 1: PPO for alignment" in done.stdout


def test_the_course_chosen_last_is_opened_and_one_that_is_gone_is_said(
    home: Path,
) -> None:
    there = home / "courses" / "small"
    shutil.copytree(COURSES / "small", there)
    (home / "course").write_text("small\n", encoding="utf-8")
    assert "Drop 1: The first drop" in drillbox(home).stdout
    shutil.rmtree(there)
    done = drillbox(home)
    assert "Drop 1: PPO for alignment" in done.stdout
    assert done.stderr.startswith("drillbox: the course chosen last, small, is no ")


def test_what_was_answered_is_counted_by_due_the_next_day(home: Path) -> None:
    review(home, typed="\n?\n?\n")
    assert drillbox(home, "due").stdout.startswith("nothing due")
    assert '"answers": 2' in drillbox(home, "stats", "--json").stdout


def test_practice_asks_every_card_of_the_drop_and_moves_nothing(home: Path) -> None:
    done = review(home, "--drop", "1", typed="?\n?\n?\nso\n4\n")
    assert "Done: 4 answers" in done.stdout
    again = review(home)
    assert "Drop 1: The first drop" in again.stdout


def test_minutes_overrule(home: Path) -> None:
    assert "of 3 minutes" in review(home, "--minutes", "3").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["review", "--course", "nowhere"], "nowhere"),
        (["review", "--drop", "99"], "there is no drop 99; this course has drops 1"),
        (["review", "--minutes", "0"], "0 is not in the range"),
        (["reveiw"], "No such command 'reveiw'"),
        (["review", "--fast"], "No such option"),
    ],
)
def test_bad_input_earns_one_sentence(
    home: Path, words: list[str], sentence: str
) -> None:
    done = drillbox(home, *words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_course_says_what_is_missing(home: Path, tmp_path: Path) -> None:
    done = drillbox(home, "review", "--course", str(tmp_path))
    assert done.returncode == 2
    assert "course.yaml" in done.stderr and "Traceback" not in done.stderr


def test_a_home_that_cannot_be_made_earns_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    done = drillbox(tmp_path / "file" / "home", "review", "--plain")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and done.stderr.count("\n") == 1


def test_bad_settings_are_said_and_the_defaults_hold(home: Path) -> None:
    home.mkdir(parents=True)
    (home / "settings.yaml").write_text("minuts: 9\nplain: 7\n")
    done = review(home)
    assert done.returncode == 0
    first, second, last = done.stderr.splitlines()
    assert "settings.yaml:1:1" in first and "minutes" in first
    assert "settings.yaml:2:8" in second
    assert last.endswith("2 problems; the defaults hold")


def test_settings_choose_the_minutes(home: Path) -> None:
    home.mkdir(parents=True)
    (home / "settings.yaml").write_text("minutes: 9\n")
    assert "of 9 minutes" in review(home).stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_greek_letters_gets_their_names(
    home: Path, encoding: str
) -> None:
    small = str(COURSES / "small")
    arguments = ("review", "--plain", "--course", small)
    done = drillbox(home, *arguments, PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and done.stderr == ""
    assert "A margin is \\N{GREEK SMALL LETTER BETA}h." in done.stdout


def test_bytes_that_are_no_text_are_an_answer_like_any_other(home: Path) -> None:
    small = str(COURSES / "small")
    done = subprocess.run(
        [sys.executable, "-m", "drillbox", "review", "--plain", "--course", small],
        input=b"\n?\n?\n\xff\xfe\n",
        capture_output=True,
        env={**os.environ, "DRILLBOX_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0 and done.stderr == b""
    assert '"answers": 3' in drillbox(home, "stats", "--json").stdout


@pytest.mark.parametrize(
    ("text", "read"), [("theme: light\n", False), ("plain: true\n", True)]
)
def test_settings_that_say_nothing_of_plain_cost_no_import(
    home: Path, text: str, read: bool
) -> None:
    home.mkdir()
    (home / "settings.yaml").write_text(text)
    ask = (
        "import sys; from drillbox.cli.review import _plain_by_setting as plain\n"
        "print(plain(), 'pydantic' in sys.modules)"
    )
    env = {**os.environ, "DRILLBOX_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", ask], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(read), str(read)]
