"""A made-up language: every sentence longer, between brackets, its vowels accented.

What the program prints in it has no plain vowel but in what is typed, named or quoted:
then nothing goes past the catalogue, and no {field} is lost. The course of these tests
has words without vowels.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from drillbox.cli import VERBS
from tests.conftest import COURSES
from tests.pseudo import KEPT, NAMES, plain_words

COURSE = str(COURSES / "vlk")


class Said:
    """What a call printed on both streams, and how it ended."""

    def __init__(self, home: Path, *words: str, typed: str = "") -> None:
        env = {**os.environ, "DRILLBOX_HOME": str(home), "LANG": "C.UTF-8"}
        env |= {"LANGUAGE": "eo", "COLUMNS": "100"}
        command = [sys.executable, "-m", "drillbox", *words]
        done = subprocess.run(
            command, input=typed, capture_output=True, text=True, env=env, cwd=home
        )
        self.code = done.returncode
        self.text = done.stdout + done.stderr

    @property
    def plain(self) -> list[str]:
        """The words with a plain vowel that nothing excuses."""
        rest = KEPT.sub(" ", self.text)
        rest = re.sub("^  [a-z-]+(?=  )", "", rest, flags=re.MULTILINE)  # commands
        rest = re.sub(r"\[\S+\|\S+\]", "", rest)  # what an option may be
        return [word for word in plain_words(rest) if word not in NAMES]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["due"], 0),
        (["due", "--bogus"], 2),
        (["where"], 0),
        (["stats"], 0),
        (["notes"], 0),
        (["log", "show"], 0),
        (["log", "undo", "0000"], 2),
        (["reset", "vlk"], 2),
        (["questions", "--course", COURSE], 0),
        (["questions", "2", "--course", COURSE], 2),
        (["glossary", "--course", COURSE], 0),
        (["glossary", "xx", "--course", COURSE], 2),
        (["dew"], 2),
        (["stats", "--bogus"], 2),
        (["check"], 2),
        (["check", "zzz"], 2),
        (["exercise", "start", "zzz"], 2),
        (["lab", "run", "three-pairs", "--device", "xx"], 2),
        (["lab", "hunt", "--model", "zz"], 2),
        (["add", "zz"], 2),
        (["review", "--plain", "--drop", "9", "--course", COURSE], 2),
        (["review", "--plain", "--course", ""], 2),
    ],
    ids=str,
)
def test_every_word_of_a_command_comes_from_the_catalogue(
    translated: Path, words: list[str], code: int
) -> None:
    said = Said(translated, *words)
    assert said.code == code, said.text
    assert said.plain == [], said.text


@pytest.mark.parametrize("verb", VERBS)
def test_every_word_of_the_help_comes_from_the_catalogue(
    translated: Path, verb: str
) -> None:
    said = Said(translated, verb, "--help")
    assert said.code == 0
    assert said.plain == [], said.text


# What a run is asked, by the name of its setting, and where it runs.
ASKED = {"partition", "beta", "shift", "prompts", "answers", "float", "e"}


def test_every_word_of_a_run_comes_from_the_catalogue(translated: Path) -> None:
    said = Said(translated, "lab", "run", "partition")
    assert said.code == 0, said.text
    assert [word for word in said.plain if word not in ASKED] == [], said.text
    assert said.text.count("⟦") > 20


def test_every_title_of_a_run_comes_from_the_catalogue(translated: Path) -> None:
    said = Said(translated, "lab", "list")
    titles = re.sub(r"^[a-z-]+", "", said.text, flags=re.MULTILINE)
    assert plain_words(titles) == []
    assert said.code == 0 and titles.count("\n") == 12


TYPED = {
    "reading": ("zz", "s", "u", "!", "nt", ""),
    "choice": ("zz", "h", "g", "r", "!", "", "2 2", "9", "2"),
    "numeric": ("zz", "1,5", "1 000", "5 m", "(", "zz(1)", "1 2", "3"),
    "cloze": (":h", ":zz", "krk"),
    "formula": ("h k", "(", "zzz(h)", "zzz", "h +", "h ? k", "h*k"),
    "order": ("g1", "1 1 2", "1", "2 1 3"),
    "direction": ("zz", "up up", "zz", "80"),
    "spot": ("zz", "9", "1"),
    "recall": ("zz", ":zz", "4"),
    "and what comes again": ("?", "?", "?", "q"),
}
UNKNOWN = ("?",) * 8
AT_THE_END = ("zz", "t", "e", "u", "?", "s", "g9", "g4", "q")


@pytest.mark.parametrize("voice", ["--plain", "--spoken"])
def test_every_word_of_a_day_line_by_line_comes_from_the_catalogue(
    translated: Path, tmp_path: Path, voice: str
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "locale").symlink_to(translated / "locale")
    typed = [line for lines in TYPED.values() for line in lines]
    calls = (
        (typed, ("review", voice, "--course", COURSE)),
        ([*UNKNOWN, *AT_THE_END], ("review", voice, "--drop", "1", "--course", COURSE)),
        ([], ("review", voice, "--course", COURSE)),
        ([], ("due",)),
        ([], ("stats",)),
        ([], ("log", "rebuild")),
        ([], ("log", "undo", "zzzz")),
        (["n"], ("reset", "vlk")),
        (["y"], ("reset", "vlk")),
        ([], ("reset", "vl")),
    )
    for lines, words in calls:
        said = Said(home, *words, typed="".join(f"{line}\n" for line in lines))
        assert said.plain == [], said.text
        assert "⟦" in said.text, words
