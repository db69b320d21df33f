"""Everything that must be true of a course before a learner sees it."""

import os
from collections.abc import Iterator

from drillbox import places
from drillbox.domain.course import CORE_CARDS, Course
from drillbox.domain.mathtext import refusals
from drillbox.errors import Problem
from drillbox.library.load import load_course
from drillbox.workbench.cards import Drawn, checked, drawn


def lint(directory: str, quick: bool = False) -> list[Problem]:
    """Every problem of the course in `directory`, sorted; [] if there is none.

    quick: leaves out what starts other processes: witnesses, and grading the exercises.
    """
    loaded = load_course(directory)
    if loaded.course is None:
        return sorted(loaded.problems)
    course, problems = loaded.course, list(loaded.problems)
    entries = list(drawn(course, problems))
    for entry in entries:
        problems += checked(entry)
    problems += _drops(course)
    problems += _misconceptions(course)
    problems += _exercises(course, quick)
    if not quick:
        problems += _witnesses(entries)
    return sorted(problems)


def exercises_of(directory: str) -> str:
    """Where the exercises of the course in `directory` lie."""
    if os.path.realpath(directory) == os.path.realpath(places.shipped_course()):
        return places.shipped_exercises()
    return os.path.join(directory, "exercises")


def _drops(course: Course) -> Iterator[Problem]:
    for drop in course.drops:
        where = f"drop {drop.number}"
        if len({item.card.id for item in drop.items}) < CORE_CARDS:
            what = f"has fewer than {CORE_CARDS} cards"
            yield Problem(drop.file, drop.line, 1, f"{where}: cards", what, "add some")
        for sentence in refusals(drop.reading):
            field = f"{where}: reading"
            yield Problem(drop.file, drop.line, 1, field, sentence, "write it simpler")


def _misconceptions(course: Course) -> Iterator[Problem]:
    """A wrong answer may only name a misconception that the course describes."""
    known = {entry.id for entry in course.misconceptions}
    for item in course.items.values():
        for name in _named(item.card.model_dump()):
            if known and name not in known:
                field = f"card {item.card.id}: misconception"
                what = f"{name} is no misconception of this course"
                advice = "add it to misconceptions.yaml"
                yield Problem(item.file, item.line, 1, field, what, advice)


def _named(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("misconception"), str):
            yield value["misconception"]
        if isinstance(value.get("misconceptions"), dict):
            yield from value["misconceptions"].values()
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _named(inner)


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
                    what = f"there is no folder {path}"
                    field = f"drop {drop.number}: exercises"
                    yield Problem(drop.file, drop.line, 1, field, what, "add it")
                elif quick:
                    yield from load(path).problems
                else:
                    yield from prove(path, grader)


def _witnesses(entries: list[Drawn]) -> Iterator[Problem]:
    from drillbox.workbench.witnesses import disagreements

    return disagreements(entries)
