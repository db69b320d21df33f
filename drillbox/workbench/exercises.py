"""What must be true of an exercise before a learner sees it, beyond its form."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue

from drillbox import places
from drillbox.domain.course import Course
from drillbox.domain.mathtext import refusals
from drillbox.errors import Problem
from drillbox.grader.exercise import Exercise, load
from drillbox.grader.prove import Proof, proof
from drillbox.grader.reading import Reading, read
from drillbox.grader.supervisor import Grader
from drillbox.library.load import load_course
from drillbox.library.wording import nearest
from drillbox.words import _

HINTS = 3
WORKERS = 2  # graders at once, with a reference worker and a learner's worker each


def exercises_of(directory: str) -> str:
    """Where the exercises of the course in `directory` lie."""
    if os.path.realpath(directory) == os.path.realpath(places.shipped_course()):
        return places.shipped_exercises()
    return os.path.join(directory, "exercises")


def course_of(directory: str) -> Course | None:
    """The course that the exercise in `directory` belongs to, as far as it is sound."""
    above = os.path.dirname(os.path.abspath(directory))
    shipped = os.path.realpath(above) == os.path.realpath(places.shipped_exercises())
    course = places.shipped_course() if shipped else os.path.dirname(above)
    if not os.path.isfile(os.path.join(course, "course.yaml")):
        return None
    return load_course(course).sound


def proofs(
    directories: Sequence[str], course: Course | None, quick: bool
) -> Iterator[tuple[str, Proof]]:
    """The exercises in their order, each with all that was found. quick: without
    running any code."""
    if quick:
        for directory in directories:
            yield directory, _stated(directory, course)
        return
    idle: SimpleQueue[Grader] = SimpleQueue()
    pool = ThreadPoolExecutor(WORKERS)

    def proved(directory: str) -> Proof:
        grader = idle.get()
        try:
            return _proved(directory, course, grader)
        finally:
            idle.put(grader)

    with ExitStack() as stack:
        for _worker in range(WORKERS):  # they start nothing before they grade
            idle.put(stack.enter_context(Grader()))
        stack.callback(pool.shutdown, cancel_futures=True)
        asked = [pool.submit(proved, directory) for directory in directories]
        for directory, one in zip(directories, asked, strict=True):
            yield directory, one.result()


def _proved(directory: str, course: Course | None, grader: Grader) -> Proof:
    stated = _stated(directory, course)
    found = proof(directory, grader)
    found.problems = sorted({*stated.problems, *found.problems})
    found.warnings = [*stated.warnings, *found.warnings]
    return found


def _stated(directory: str, course: Course | None) -> Proof:
    """What its files say, and leave out."""
    loaded = load(directory)
    if loaded.exercise is None:
        return Proof(list(loaded.problems))
    exercise = loaded.exercise
    reading = read(os.path.join(exercise.directory, "exercise.yaml"))
    found = [*_fields(exercise, reading), *_misconceptions(exercise, course)]
    return Proof(sorted(found))


def _fields(exercise: Exercise, reading: Reading) -> Iterator[Problem]:
    head = exercise.head
    if len(head.hints) != HINTS:
        what = _("are {n}").format(n=len(head.hints))
        advice = _("write {n}, from the idea to the line").format(n=HINTS)
        yield reading.problem(("hints",), what, advice)
    if ("minutes",) not in reading.marks:
        what = _("is missing")
        yield reading.problem(("minutes",), what, _("write how long people take"))
    texts = [(("task",), head.task), (("title",), head.title)]
    for path, text in [*texts, *((("hints", k), h) for k, h in enumerate(head.hints))]:
        for sentence in refusals(text):
            yield reading.problem(path, sentence, _("write it another way"))


def _misconceptions(exercise: Exercise, course: Course | None) -> Iterator[Problem]:
    """A wrong solution names an idea, and a misconception that its course knows."""
    known = [one.id for one in course.misconceptions] if course else None
    for wrong in exercise.wrong:
        name = wrong.misconception
        if known is None or not name or name in known:
            continue
        near = nearest(name, known)
        advice = _("add it to misconceptions.yaml")
        if near:
            advice = _("write {word}").format(word=near)
        what = _("{name} is no misconception of the course").format(name=name)
        yield Problem(wrong.file, 1, 1, "misconception", what, advice)
