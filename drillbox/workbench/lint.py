"""Everything that must be true of a course before a learner sees it."""

import os
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from drillbox import places
from drillbox.domain.course import CORE_CARDS, Course
from drillbox.domain.mathtext import refusals
from drillbox.errors import Problem
from drillbox.library.load import load_course
from drillbox.library.marks import Path
from drillbox.library.wording import nearest
from drillbox.workbench.cards import Drawn, checked, drawn, texts_of
from drillbox.workbench.found import Found, in_card, in_drop, located


def lint(directory: str, quick: bool = False) -> list[Problem]:
    """Every problem of the course in `directory`, sorted; [] if there is none.

    quick: leaves out what starts other processes: witnesses, and grading the exercises.
    """
    loaded = load_course(directory)
    course, found = loaded.sound, list[Found]()
    entries = list(drawn(course, found))
    for entry in entries:
        found += checked(entry)
    found += _drops(course)
    found += _lists(course)
    if os.path.join(course.directory, _NAMED) not in {p.file for p in loaded.problems}:
        found += _named(course)
    if loaded.course is None:  # what names other files, or starts processes, can wait
        return sorted({*loaded.problems, *located(found)})
    found += [*_cards(course), *_questions(course)]
    if not quick:
        found += _witnesses(entries)
    return sorted([*located(found), *_exercises(course, quick)])


def exercises_of(directory: str) -> str:
    """Where the exercises of the course in `directory` lie."""
    if os.path.realpath(directory) == os.path.realpath(places.shipped_course()):
        return places.shipped_exercises()
    return os.path.join(directory, "exercises")


_NAMED = "misconceptions.yaml"


def _drops(course: Course) -> Iterator[Found]:
    for drop in course.drops:
        cards = len({item.card.id for item in drop.items})
        if cards < CORE_CARDS:
            what = f"has {cards} of the {CORE_CARDS} cards that are its core"
            yield in_drop(drop, ("cards",), what, "write more")
        for field in ("title", "does", "reading"):
            for sentence in refusals(getattr(drop, field)):
                yield in_drop(drop, (field,), sentence, "write it another way")


# --- misconceptions, questions, glossary ---------------------------------------------


def _lists(course: Course) -> Iterator[Found]:
    lists = {
        _NAMED: course.misconceptions,
        "questions.yaml": course.questions,
        "glossary.yaml": course.glossary,
    }
    for name, entries in lists.items():
        file = os.path.join(course.directory, name)
        for path, text in texts_of(entries, ()):
            for sentence in refusals(text):
                advice = "write it another way"
                yield Found(file, "", None, path, sentence, advice)


def _named(course: Course) -> Iterator[Found]:
    """A wrong answer may only name a misconception that the course describes."""
    known = [misconception.id for misconception in course.misconceptions]
    seen = set()
    for item in course.items.values():
        for path, name in _names(item.card, ()):
            if name not in known and (item.card.id, path) not in seen:
                seen.add((item.card.id, path))
                near = nearest(name, known)
                advice = f"write `{near}`" if near else "add it to misconceptions.yaml"
                what = f"`{name}` is no misconception of this course"
                yield in_card(item, path, what, advice)


def _names(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every misconception that is named in a card, with its path."""
    if isinstance(value, BaseModel):
        for field in type(value).model_fields:
            inner = getattr(value, field)
            if field == "misconception" and inner is not None:
                yield (*path, field), inner
            elif field == "misconceptions":
                yield from [
                    ((*path, field, move), name) for move, name in inner.items()
                ]
            else:
                yield from _names(inner, (*path, field))
    elif isinstance(value, dict | tuple):
        keys = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in keys:
            yield from _names(inner, (*path, key))


def _cards(course: Course) -> Iterator[Found]:
    """A misconception names cards that there are."""
    ids = sorted({item.card.id for item in course.items.values()})
    file = os.path.join(course.directory, _NAMED)
    for k, misconception in enumerate(course.misconceptions):
        for j, card in enumerate(misconception.cards):
            if card not in ids:
                near = nearest(card, ids)
                advice = f"write `{near}`" if near else "name one that there is"
                what = f"there is no card `{card}`"
                yield Found(file, "", None, (k, "cards", j), what, advice)


def _questions(course: Course) -> Iterator[Found]:
    numbers = {drop.number for drop in course.drops}
    file = os.path.join(course.directory, "questions.yaml")
    for k, question in enumerate(course.questions):
        for j, number in enumerate(question.drops):
            if number not in numbers:
                advice = f"write one from 1 to {len(numbers)}"
                what = f"there is no drop {number}"
                yield Found(file, "", None, (k, "drops", j), what, advice)


# --- what starts other processes -----------------------------------------------------


def _exercises(course: Course, quick: bool) -> Iterator[Problem]:
    from drillbox.grader.exercise import load  # numpy: about 100 ms
    from drillbox.grader.prove import prove
    from drillbox.grader.supervisor import Grader

    folder = exercises_of(course.directory)
    with Grader() as grader:  # starts nothing before it is asked to grade
        for drop in course.drops:
            for name in drop.exercises:
                path = os.path.join(folder, name)
                if not os.path.isdir(path):
                    where = ("exercises", drop.exercises.index(name))
                    what = f"there is no folder {path}"
                    yield from located([in_drop(drop, where, what, "add it")])
                elif quick:
                    yield from load(path).problems
                else:
                    yield from prove(path, grader)


def _witnesses(entries: list[Drawn]) -> Iterator[Found]:
    from drillbox.workbench.witnesses import disagreements

    return disagreements(entries)
