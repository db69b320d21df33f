"""An exercise is not valid until it is proved to discriminate."""

import os
from collections.abc import Iterator

from drillbox.errors import GraderError, Problem
from drillbox.grader.exercise import Exercise, load
from drillbox.grader.supervisor import Grader

SEEDS = 3


def prove(
    directory: str, grader: Grader | None = None, seeds: int = SEEDS
) -> list[Problem]:
    """What is wrong with the exercise in `directory`, by grading it.

    The starter fails, the reference passes, every wrong solution fails with its own
    diagnosis, for each of the seeds 0, 1, … grader: a warm one to use; its seed is
    changed.
    """
    loaded = load(directory)
    if loaded.exercise is None:
        return list(loaded.problems)
    if grader is not None:
        return list(_proved(loaded.exercise, grader, seeds))
    with Grader() as own:
        return list(_proved(loaded.exercise, own, seeds))


def _proved(exercise: Exercise, grader: Grader, seeds: int) -> Iterator[Problem]:
    for seed in range(seeds):
        grader.seed = seed
        try:
            found = list(_once(exercise, grader))
        except GraderError as error:
            found = [_problem(exercise.reference, "reference", str(error))]
        yield from found
        if found:
            return
    grader.seed = None


def _once(exercise: Exercise, grader: Grader) -> Iterator[Problem]:
    starter = os.path.join(exercise.directory, "starter.py")
    if grader.grade(exercise, exercise.starter).passed:
        yield _problem(starter, "starter", "passes", "leave the work to the learner")
    report = grader.grade(exercise, _text(exercise.reference))
    for case in report.cases:
        if not case.passed:
            what = f"fails the case {case.name!r}: {case.message}"
            yield _problem(exercise.reference, "reference", what)
    for wrong in exercise.wrong:
        report = grader.grade(exercise, _text(wrong.file))
        if report.passed:
            what = "passes: no case tells it from the reference"
            yield _problem(wrong.file, wrong.id, what, "add a case that does")
        elif report.diagnosis is None or report.diagnosis.id != wrong.id:
            got = report.diagnosis.id if report.diagnosis else "nothing"
            what = f"is diagnosed as {got}"
            yield _problem(
                wrong.file, wrong.id, what, "add a case that tells them apart"
            )


def _problem(file: str, field: str, what: str, instead: str = "") -> Problem:
    return Problem(file, 1, 1, field, what, instead)


def _text(file: str) -> str:
    with open(file, encoding="utf-8") as opened:
        return opened.read()
