"""Lint holds a course to what it promises; a strict one has no warnings."""

from pathlib import Path

import pytest

from drillbox.workbench.lint import examine
from drillbox.workbench.new import course as new_course

DROP = """\
id: first
drop: 1
phase: 1
minutes: {minutes}
title: t
does: d
reading: {reading}
cards:
"""
CARD = """\
  - id: {name}
    kind: choice
    prompt: p
    explain: e
    source: by hand
    options: [{{text: a, right: true}}, {{text: b, why: w}}]
"""
HEAD = """\
id: made
title: t
goal: g
level: l
category: c
days: 1
minutes: [5, 8]
phases: [{title: t, outcome: o}]
"""


def course(tmp_path: Path, more: str, words: int = 3, minutes: int = 5) -> Path:
    (tmp_path / "drops").mkdir()
    (tmp_path / "course.yaml").write_text(HEAD + more, encoding="utf-8")
    text = DROP.format(minutes=minutes, reading=" ".join(["word"] * words))
    text += "".join(CARD.format(name=name) for name in ("one", "two", "three"))
    (tmp_path / "drops" / "01-first.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        ("cards_per_drop: 4", "drop 1: cards: has 3 cards of the 4 that the course pr"),
        ("kinds_per_drop: 2", "drop 1: cards: has 1 kinds of card of the 2 that the c"),
        ("parametric_per_drop: 1", "drop 1: cards: has 0 parametric cards of the 1"),
        (
            "reading_words: [4, 9]",
            "drop 1: reading: has 3 words; the course promises 4",
        ),
        ("blank_pages: [1]", "drop 1: cards: has no blank page, which the course"),
        (
            "cards: 4",
            "course.yaml:9:19: promises.cards: the course has 3 cards of the 4",
        ),
        (
            "misconceptions: 1",
            "misconceptions: the course has 0 misconceptions of the 1",
        ),
        ("contrast_pairs: 1", "contrast_pairs: the course has 0 pairs of twins of the"),
        ("spots_run: 1", "spots_run: the course has 0 spot cards with `run` of the 1"),
    ],
)
def test_a_promise_that_is_not_kept_is_an_error(
    tmp_path: Path, promise: str, said: str
) -> None:
    place = course(tmp_path, f"promises: {{{promise}}}\n")
    (one,) = examine(str(place), True, print).problems
    assert said in str(one)
    if said.startswith("drop 1"):
        drop = examine(str(place / "drops" / "01-first.yaml"), True, print)
        assert [problem.what for problem in drop.problems] == [one.what]


@pytest.mark.parametrize(
    "promise",
    [
        "cards_per_drop: 3, kinds_per_drop: 1, parametric_per_drop: 0, cards: 3",
        "reading_words: [3, 3]",
        "blank_pages: [2]",
    ],
)
def test_a_promise_that_is_kept_is_silent(tmp_path: Path, promise: str) -> None:
    place = course(tmp_path, f"promises: {{{promise}}}\n")
    result = examine(str(place), True, print)
    assert result.problems == [] and result.warnings == []


@pytest.mark.parametrize(("minutes", "told"), [(3, 0), (2, 1)])
def test_reading_and_core_fit_the_minutes_of_the_drop(
    tmp_path: Path, minutes: int, told: int
) -> None:
    """200 words are a minute, three choices 1.3 times 25 seconds each."""
    place = course(tmp_path, "", words=200, minutes=minutes)
    result = examine(str(place), True, print)
    assert result.problems == []
    whats = [str(one).partition("drop 1: ")[2] for one in result.warnings]
    said = "minutes: reading and core take 2.6 minutes of its 2; shorten them, or give"
    assert whats == [f"{said} more minutes"] * told


def test_what_a_strict_course_is_warned_of_is_an_error(tmp_path: Path) -> None:
    place = course(tmp_path, "strict: true\n")
    drop = place / "drops" / "01-first.yaml"
    text = drop.read_text(encoding="utf-8")
    drop.write_text(text.replace("    source: by hand\n", "", 1), encoding="utf-8")
    glossary = "- {term: never, meaning: m}\n"
    (place / "glossary.yaml").write_text(glossary, encoding="utf-8")
    belief = "- {id: b, sentence: s, truth: t}\n"
    (place / "misconceptions.yaml").write_text(belief, encoding="utf-8")
    result = examine(str(place), True, print)
    assert result.warnings == []
    whats = {one.what for one in result.problems}
    assert "has no `source`" in whats and "no reading and no card uses never" in whats
    assert "no wrong answer of a card is known by b" in whats
    alone = examine(str(drop), True, print)
    assert "has no `source`" in {one.what for one in alone.problems}
    assert alone.warnings == []


def test_a_new_course_is_clean_when_strict(tmp_path: Path) -> None:
    new_course("made", str(tmp_path))
    head = tmp_path / "made" / "course.yaml"
    head.write_text(head.read_text(encoding="utf-8") + "\nstrict: true\n")
    result = examine(str(head.parent), True, print)
    assert result.problems == [] and result.warnings == []
