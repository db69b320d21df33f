"""An exercise is not valid until it is proved to discriminate."""

import os
from collections.abc import Iterator

from drillbox.errors import GraderError, Problem
from drillbox.grader.diagnose import Signature
from drillbox.grader.exercise import Exercise, load
from drillbox.grader.grading import Grading
from drillbox.grader.judging import Answered, Judged
from drillbox.grader.supervisor import Grader
from drillbox.grader.wire import Drawn

SEEDS = 3


def prove(
    directory: str, grader: Grader | None = None, seeds: int = SEEDS
) -> list[Problem]:
    """What is wrong with the exercise in `directory`, by grading it.

    The starter fails; the reference passes; every equivalent form and the library agree
    with it; every wrong solution fails with its own diagnosis: for each of the seeds 0,
    1, … grader: a warm one to use; its seed is changed.
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
            found = [_problem(exercise.reference_file, "reference", str(error))]
        yield from found
        if found:
            break
    grader.seed = None


def _once(exercise: Exercise, grader: Grader) -> Iterator[Problem]:
    starter = os.path.join(exercise.directory, "starter.py")
    if grader.grade(exercise, exercise.starter).passed:
        yield _problem(starter, "starter", "passes", "leave the work to the learner")
    report = grader.grade(exercise, exercise.reference)
    for case in report.cases:
        if not case.passed:
            what = f"fails the case {case.name!r}: {case.message}"
            yield _problem(exercise.reference_file, "reference", what)
    grading = grader.grading(exercise, "")
    yield from _agreeing(exercise, grading)
    yield from _wrong(exercise, grading)


def _agreeing(exercise: Exercise, grading: Grading) -> Iterator[Problem]:
    """Right ways to write it that the cases call wrong."""
    for name, given in grading.agreement().items():
        judged = _judged(grading, given)
        for case in judged.cases:
            if not case.passed:
                file = name if name in exercise.equivalent else exercise.reference_file
                field = "equivalent" if name in exercise.equivalent else "library"
                what = f"fails the case {case.name!r}: {case.message}"
                yield _problem(file, field, what, "one of the two is wrong")
                break


def _wrong(exercise: Exercise, grading: Grading) -> Iterator[Problem]:
    """Wrong solutions that pass, or are taken for another one. What they give comes
    from the reference worker, by the very harness that calls the learner's code."""
    signatures = grading.signatures()
    for wrong in exercise.wrong:
        judged = _judged(grading, signatures[wrong.id])
        known = grading.known(judged, signatures)
        if judged.passed:
            what = "passes: no case tells it from the reference"
            yield _problem(wrong.file, wrong.id, what, "add a case that does")
        elif known is None or known.id != wrong.id:
            what = f"is diagnosed as {known.id if known else 'nothing'}"
            advice = "add a case that tells them apart"
            yield _problem(wrong.file, wrong.id, what, advice)


def _judged(grading: Grading, given: Signature) -> Judged:
    """As if the learner's code had given this."""

    def answer(one: Drawn) -> Answered:
        outputs = given[one.number]
        return outputs, "" if outputs else "it raises an exception", False

    return grading.judged(answer, twice=False)


def _problem(file: str, field: str, what: str, instead: str = "") -> Problem:
    return Problem(file, 1, 1, field, what, instead)
