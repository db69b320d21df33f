"""An exercise: a folder with exercise.yaml, starter.py, reference.py and wrong/*.py."""

import ast
import difflib
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError

from drillbox import places
from drillbox.domain.card import Id, Name, Strict, Text
from drillbox.errors import ContentError, GraderError, Problem
from drillbox.grader import faults, wrong
from drillbox.grader.reading import Reading, read
from drillbox.grader.returns import Returns, parse
from drillbox.grader.wrong import Wrong
from drillbox.words import _

HARNESSES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "harness")
Function = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class Compare(Strict):
    """How results are compared: with tolerances, bit by bit, or by what the reference
    worker's `residual` makes of them (no entry beyond `absolute`)."""

    by: Literal["close", "equal", "residual"] = "close"
    relative: float = Field(default=1e-7, ge=0, strict=False)
    absolute: float = Field(default=1e-12, ge=0, strict=False)


class Unnoticeable(Strict):
    """A change of the reference that nobody could notice. change: the line as changed;
    why: the reason."""

    change: Text
    why: Text


class ExerciseFile(Strict):
    """exercise.yaml.

    function: what the learner writes; signature: how it is called, by position.
    harness: `call` calls it; `train_step` lets it train a tiny model. arguments: arrays
    of a case arrive as torch tensors or as numpy arrays. imports: [numpy] makes torch
    unimportable. returns: see returns.py. gradients: names of arguments by which the
    result is differentiated. raises: exceptions that are the right answer of some case.
    mutates: arguments that may be changed. repeatable: two calls must give equal bits.
    library: module.function of the reference library that must agree. minutes: how long
    people take. seconds: the deadline of one case. unnoticeable: small changes of the
    reference that change nothing, so that no case has to notice them.
    """

    id: Id
    course: Id
    drop: int = Field(ge=1)
    title: Text
    function: Function
    signature: Text
    harness: Literal["call", "train_step"] = "call"
    arguments: Literal["tensors", "arrays"] = "tensors"
    imports: tuple[Literal["torch", "numpy"], ...] = Field(
        default=("torch", "numpy"), strict=False
    )
    returns: Annotated[Returns, BeforeValidator(parse)] = Returns()
    gradients: tuple[Name, ...] = Field(default=(), strict=False)
    raises: tuple[Function, ...] = Field(default=(), strict=False)
    mutates: tuple[Name, ...] = Field(default=(), strict=False)
    repeatable: bool = True
    compare: Compare = Compare()
    library: Annotated[str, StringConstraints(pattern=r"^\w+\.\w+$")] | None = None
    minutes: int = Field(default=5, ge=1, le=120)
    seconds: float = Field(default=3.0, gt=0, le=60, strict=False)
    task: Text
    hints: tuple[Text, ...] = Field(min_length=1, strict=False)
    unnoticeable: tuple[Unnoticeable, ...] = Field(default=(), strict=False)

    @property
    def torch(self) -> bool:
        """Whether the learner's code may import torch."""
        return "torch" in self.imports

    @property
    def options(self) -> dict[str, Any]:
        """What a harness is told of the exercise."""
        returns = self.returns
        return {
            "arguments": self.arguments,
            "container": returns.container,
            "parts": [list(part) for part in returns.parts],
            "gradients": list(self.gradients),
            "raises": list(self.raises),
            "repeatable": self.repeatable,
        }


@dataclass(frozen=True)
class Exercise:
    """An exercise, read and checked. Texts of Python: starter, reference (solution
    and generator of cases), equivalent (name → another right solution)."""

    head: ExerciseFile
    directory: str
    starter: str
    reference: str
    wrong: tuple[Wrong, ...]
    equivalent: Mapping[str, str]

    @property
    def id(self) -> str:
        """Its id, one of the course's items."""
        return self.head.id

    @property
    def reference_file(self) -> str:
        """The file of the reference solution."""
        return os.path.join(self.directory, "reference.py")

    @cached_property
    def harness(self) -> str:
        """The text that calls the function, for whichever process runs it."""
        return harness(self.head.harness)

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits of what is asked, not of how it is worded."""
        head = self.head
        meaning = (head.function, head.signature, head.options, head.imports)
        digest = hashlib.blake2b(repr(meaning).encode(), digest_size=8)
        return digest.hexdigest()

    def solution(self) -> str:
        """The reference solution as a learner reads it, without the generator."""
        kept = [
            ast.get_source_segment(self.reference, node) or ""
            for node in ast.parse(self.reference).body
            if getattr(node, "name", None) == self.head.function
        ]
        return "\n\n".join(kept)


def harness(name: str) -> str:
    """The text of a harness, one of the files of grader/harness/."""
    with open(os.path.join(HARNESSES, f"{name}.py"), encoding="utf-8") as file:
        return file.read()


@dataclass(frozen=True)
class Loaded:
    """An exercise, or everything that is wrong with it."""

    exercise: Exercise | None
    problems: tuple[Problem, ...]


def load(directory: str) -> Loaded:
    """Read the exercise in `directory`; every problem at once, nothing raised."""
    reading = read(os.path.join(directory, "exercise.yaml"))
    problems = list(reading.problems)
    head = None if problems else _head(reading, problems)
    if head is not None and head.id != os.path.basename(os.path.abspath(directory)):
        what = _("{id} stands in another folder").format(id=head.id)
        problems.append(reading.problem(("id",), what, _("use its name")))
    if head is None:
        return Loaded(None, tuple(sorted(problems)))
    starter, reference = (
        _defining(os.path.join(directory, name), head, problems)
        for name in ("starter.py", "reference.py")
    )
    wrongs = tuple(_wrongs(directory, head, problems))
    equivalent = dict(_folder(directory, "equivalent", head, problems))
    if problems:
        return Loaded(None, tuple(sorted(problems)))
    place = os.path.abspath(directory)
    return Loaded(Exercise(head, place, starter, reference, wrongs, equivalent), ())


def find(name: str) -> Exercise:
    """The exercise with this id, shipped or of an added course.

    GraderError names the nearest for a name that is none; ContentError has what is
    wrong with one that cannot be used.
    """
    directories = {os.path.basename(path): path for path in reversed([*_directories()])}
    if name not in directories:
        near = difflib.get_close_matches(name, directories, 1, 0.4)
        said = _("there is no exercise {name}; see `drillbox exercise list`")
        if near:
            said = _("there is no exercise {name}; did you mean {near}?")
        shown = repr(name[:80])
        raise GraderError(said.format(name=shown, near=near[0] if near else ""))
    loaded = load(directories[name])
    if loaded.exercise is None:
        unusable = _("the exercise {name} cannot be used").format(name=name)
        raise ContentError(unusable, loaded.problems)
    return loaded.exercise


def names() -> list[str]:
    """The id of every exercise, none of which is read."""
    return [os.path.basename(directory) for directory in _directories()]


def every() -> Iterator[Loaded]:
    """All exercises, the shipped ones first."""
    for directory in _directories():
        yield load(directory)


def _directories() -> Iterator[str]:
    added = places.courses()
    names = sorted(os.listdir(added)) if os.path.isdir(added) else []
    roots = [os.path.join(added, name, "exercises") for name in names]
    for root in (places.shipped_exercises(), *roots):
        for name in sorted(os.listdir(root)) if os.path.isdir(root) else ():
            if os.path.isfile(os.path.join(root, name, "exercise.yaml")):
                yield os.path.join(root, name)


def _head(reading: Reading, problems: list[Problem]) -> ExerciseFile | None:
    try:
        return ExerciseFile.model_validate(reading.value)
    except ValidationError as error:
        for one in error.errors():
            said = faults.sentence(one, ExerciseFile.model_fields)
            problems.append(reading.problem(tuple(one["loc"]), *said))
    return None


def _defining(file: str, head: ExerciseFile, problems: list[Problem]) -> str:
    """The text of a Python file, which must parse and define the function."""
    try:
        with open(file, encoding="utf-8") as opened:
            source = opened.read()
        tree = ast.parse(source)
    except (OSError, UnicodeDecodeError) as error:
        what = _("cannot be read: {why}").format(why=error)
        problems.append(Problem(file, 1, 1, "file", what))
        return ""
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        problems.append(Problem(file, line, column, "file", f"{error.msg}"))
        return ""
    if head.function not in (getattr(node, "name", None) for node in tree.body):
        what = _("defines no {function}()").format(function=head.function)
        problems.append(Problem(file, 1, 1, "file", what))
    return source


def _folder(
    directory: str, name: str, head: ExerciseFile, problems: list[Problem]
) -> Iterator[tuple[str, str]]:
    """Path and text of each Python file in a folder of the exercise."""
    folder = os.path.join(directory, name)
    for file in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if file.endswith(".py"):
            path = os.path.join(folder, file)
            yield path, _defining(path, head, problems)


def _wrongs(
    directory: str, head: ExerciseFile, problems: list[Problem]
) -> Iterator[Wrong]:
    seen: set[str] = set()
    for file, source in _folder(directory, "wrong", head, problems):
        found, bad = wrong.read(source, file) if source else (None, [])
        problems += bad
        if found and found.id in seen:
            what = _("{id} stands twice").format(id=found.id)
            problems.append(Problem(file, 1, 1, "id", what))
        if found:
            seen.add(found.id)
            yield found
