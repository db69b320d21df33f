"""An exercise is not valid until it is proved to discriminate.

The starter and the reference are graded as a learner's file is. All else is called by
the very harness that calls the learner's code, but in the reference worker, many cases
at once, and judged by the very rules.
"""

import os
import platform
import statistics
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from drillbox.errors import GraderError, Problem
from drillbox.grader import diagnose, judging
from drillbox.grader.diagnose import Signature
from drillbox.grader.exercise import Exercise, load
from drillbox.grader.judging import Judged
from drillbox.grader.many import REFERENCE, Many, OnSeeds, key_of
from drillbox.grader.mutants import Mutant, mutants
from drillbox.grader.reading import read
from drillbox.grader.report import Case
from drillbox.grader.supervisor import Device, Grader
from drillbox.words import _

SEEDS = 20  # of the reference
FEW = 3  # of what is graded as a learner's file is, of wrong solutions and of mutants
WRONG_S = 20.0  # for all cases of a wrong solution
MUTANT_S = 2.0  # for all cases of a change, which may never end
CASES = 50  # for each seed, of every equivalent form


@dataclass
class Proof:
    """What proving an exercise showed. warnings: what may be right, such as a mutant
    that no case tells from the reference; seconds: of a warm grade; mutants: how many
    there are."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    seconds: float = 0.0
    mutants: int = 0


def prove(
    directory: str, grader: Grader | None = None, seeds: int = SEEDS
) -> list[Problem]:
    """What is wrong with the exercise in `directory`; see `proof`."""
    return proof(directory, grader, seeds).problems


def proof(directory: str, grader: Grader | None = None, seeds: int = SEEDS) -> Proof:
    """Prove the exercise in `directory` by grading it.

    The starter fails; the reference passes for the seeds 0, 1, …, in float32 too and on
    a GPU if there is one; every equivalent form agrees with it on 50 cases for each
    seed, so on 1,000, and the library on those of the seeds; every wrong solution fails
    with its own diagnosis; small changes of the reference fail, or are listed. grader:
    a warm one to use; its seed is changed.
    """
    loaded = load(directory)
    if loaded.exercise is None:
        return Proof(list(loaded.problems))
    if grader is not None:
        found = _proved(loaded.exercise, grader, seeds)
    else:
        with Grader() as own:
            found = _proved(loaded.exercise, own, seeds)
    for told in (found.problems, found.warnings):
        told[:] = [_as_given(one, loaded.exercise.directory, directory) for one in told]
    return found


def _as_given(one: Problem, place: str, directory: str) -> Problem:
    """The file as the author called it, not by its whole path."""
    if not one.file.startswith(place + os.sep):
        return one
    return replace(one, file=directory + one.file.removeprefix(place))


def _proved(exercise: Exercise, grader: Grader, seeds: int) -> Proof:
    found = Proof()
    try:
        found.problems += _graded(exercise, grader, min(seeds, FEW), found)
        if not found.problems:
            found.problems += _forms(exercise, grader, seeds)
            found.problems += _on_gpu(exercise, seeds, found)
        if not found.problems:
            for seed in range(min(seeds, FEW)):
                many = Many(grader.crew, exercise, key_of(seed))
                found.problems += _wrong(exercise, many)
                if found.problems:
                    break
            _survivors(exercise, grader, min(seeds, FEW), found)
    except GraderError as error:
        problem = _problem(exercise.reference_file, "reference", str(error))
        found.problems.append(problem)
    finally:
        grader.seed = None
    return found


# --- as a learner's file -------------------------------------------------------------


def _graded(
    exercise: Exercise, grader: Grader, seeds: int, found: Proof
) -> Iterator[Problem]:
    """The starter and the reference in the learner's worker."""
    times = []
    for seed in range(seeds):
        grader.seed = seed
        if grader.grade(exercise, exercise.starter).passed:
            starter = os.path.join(exercise.directory, "starter.py")
            advice = _("leave the work to the learner")
            yield _problem(starter, "starter", _("passes"), advice)
            return
        report = grader.grade(exercise, exercise.reference)
        times.append(report.seconds)
        if not report.cases:
            what = _("cases() yields nothing")
            advice = _("yield a name and the arguments")
            yield _problem(exercise.reference_file, "reference", what, advice)
            return
        for case in report.cases:
            if not case.passed:
                what = _("fails the case {name} of seed {n}: {why}").format(
                    name=repr(case.name), n=seed, why=case.message
                )
                yield _problem(exercise.reference_file, "reference", what)
                return
    found.seconds = statistics.median(times)


def _on_gpu(exercise: Exercise, seeds: int, found: Proof) -> Iterator[Problem]:
    """The reference on the GPU of this machine; one that cannot be used is a warning,
    since the machine is not the author's fault."""
    device = gpu()
    if device is None or exercise.head.arguments == "arrays":
        return
    try:
        with OnSeeds(device, seeds) as grader:
            report = grader.grade(exercise, exercise.reference)
    except GraderError as error:
        what = _("was not tried on the GPU: {why}").format(why=error)
        found.warnings.append(_problem(exercise.reference_file, "reference", what))
        return
    for case in report.cases:
        if not case.passed:
            what = _failed("", case)
            yield _problem(exercise.reference_file, "reference", what)
            return


def gpu() -> Device | None:
    """The GPU that this machine seems to have, found without starting anything."""
    if sys.platform == "darwin":
        return "mps" if platform.machine() == "arm64" else None
    nodes = ("/dev/nvidiactl", "/dev/dxg")  # Linux, and Linux under Windows
    return "cuda" if any(map(os.path.exists, nodes)) else None


# --- right solutions -----------------------------------------------------------------


def _forms(exercise: Exercise, grader: Grader, seeds: int) -> Iterator[Problem]:
    """The reference, equivalent forms and the library on many cases. Each is reported
    for the first case that it fails."""
    many = Many(grader.crew, exercise, "")
    failed: set[str] = set()
    for name, judged in many.forms(seeds, CASES * seeds if exercise.equivalent else 0):
        bad = next((case for case in judged.cases if not case.passed), None)
        if bad is not None and name not in failed:
            failed.add(name)
            yield _form(exercise, name, bad)


def _form(exercise: Exercise, name: str, bad: Case) -> Problem:
    if name == REFERENCE:
        return _problem(exercise.reference_file, "reference", _failed("", bad))
    advice = _("one of the two is wrong")
    if name in exercise.equivalent:
        return _problem(name, "equivalent", _failed("", bad), advice)
    what = _failed(str(exercise.head.library), bad)
    return _problem(exercise.reference_file, "library", what, advice)


def _failed(function: str, case: Case) -> str:
    """function: which one it was that failed, where that must be said."""
    said = _("fails the case {name}: {why}")
    if function:
        said = _("{function}() fails the case {name}: {why}")
    return said.format(function=function, name=repr(case.name), why=case.message)


# --- wrong solutions -----------------------------------------------------------------


def _wrong(exercise: Exercise, many: Many) -> Iterator[Problem]:
    """Wrong solutions that pass, or are taken for another one."""
    texts = {wrong.id: wrong.source for wrong in exercise.wrong}
    given = many.programs(texts, WRONG_S)
    signatures = {name: one.outputs for name, one in given.items()}
    judged = {name: many.as_answered(one) for name, one in given.items()}
    for wrong in exercise.wrong:
        mine = judged[wrong.id]
        known = many.known(mine, signatures)
        if mine.passed:
            what = _("passes: no case tells it from the reference")
            yield _problem(wrong.file, wrong.id, what, _("add a case that does"))
        elif known is None or known.id != wrong.id:
            what = _("is diagnosed as nothing")
            advice = _("add a case that tells them apart")
            if known:
                what = _("is diagnosed as {id}").format(id=known.id)
            if known and _taken(exercise, judged[known.id], wrong.id, signatures):
                what = _("gives the same results as {id} in every case")
                what = what.format(id=known.id)
                advice = _(
                    "add a case that tells them apart, or delete one of {id} and "
                    "{other}"
                ).format(id=wrong.id, other=known.id)
            yield _problem(wrong.file, wrong.id, what, advice)


def _taken(
    exercise: Exercise, judged: Judged, name: str, signatures: dict[str, Signature]
) -> bool:
    """Whether it would be taken for this one, if there were no other."""
    only = {name: signatures[name]}
    return diagnose.match(judged.tried, only, judging.rules(exercise)) == name


# --- small changes of the reference --------------------------------------------------


def _survivors(exercise: Exercise, grader: Grader, seeds: int, found: Proof) -> None:
    """Changes that no case notices. Some change nothing that could be noticed, and the
    exercise may say so of them, and of no others."""
    changed = mutants(exercise.reference, exercise.head.function)
    left = {str(k): one for k, one in enumerate(changed)}
    found.mutants = len(left)
    for seed in range(seeds):
        many = Many(grader.crew, exercise, key_of(seed))
        texts = {name: one.source for name, one in left.items()}
        given = many.programs(texts, MUTANT_S)
        left = {k: m for k, m in left.items() if many.as_answered(given[k]).passed}
    unnoticed = list(left.values())
    found.problems += _said_of_others(exercise, changed, unnoticed)
    said = {_line(one.change) for one in exercise.head.unnoticeable}
    told = [one for one in unnoticed if _line(one.new) not in said]
    found.warnings += [_survivor(exercise, one) for one in told]


def _said_of_others(
    exercise: Exercise, changed: list[Mutant], unnoticed: list[Mutant]
) -> Iterator[Problem]:
    """Entries of `unnoticeable` that are none: nothing is changed so, or a case sees
    it."""
    reading = read(os.path.join(exercise.directory, "exercise.yaml"))
    lines = {_line(one.new) for one in changed}
    for k, entry in enumerate(exercise.head.unnoticeable):
        path, line = ("unnoticeable", k, "change"), _line(entry.change)
        if line not in lines:
            what = _("no change of the reference makes the line `{line}`")
            what = what.format(line=line)
            yield reading.problem(path, what, _("copy it from the warning, or drop it"))
        elif line not in {_line(one.new) for one in unnoticed}:
            what = _("a case notices the change to `{line}`").format(line=line)
            yield reading.problem(path, what, _("drop it"))


def _line(text: str) -> str:
    return " ".join(text.split())


def _survivor(exercise: Exercise, one: Mutant) -> Problem:
    what = _("no case notices this change: - {old} + {new}").format(
        old=one.old, new=one.new
    )
    advice = _("add a case that does, or say why nobody could under `unnoticeable:`")
    return Problem(exercise.reference_file, one.line, 1, "reference", what, advice)


def _problem(file: str, field: str, what: str, instead: str = "") -> Problem:
    return Problem(file, 1, 1, field, what, instead)
