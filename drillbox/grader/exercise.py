"""An exercise: a folder with exercise.yaml, starter.py, reference.py and wrong/*.py."""

import ast
import difflib
import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from drillbox import places
from drillbox.domain.card import Id, Name, Strict, Text
from drillbox.errors import ContentError, GraderError, Problem
from drillbox.grader.reading import Reading, read

HARNESSES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "harness")
_FIELD = re.compile(r"#\s*(id|message|cards):\s*(.*)")

Function = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class ExerciseFile(Strict):
    """exercise.yaml.

    function: what the learner writes; signature: how it is called, by position.
    harness: how it is called and what is compared (grader/harness/). results: what the
    result is called, or the parts of it. gradients: names of arguments by which the
    result is differentiated. numpy_only: torch cannot be
    imported. minutes: how long people take. seconds: the deadline of one case.
    """

    id: Id
    course: Id
    drop: int = Field(ge=1)
    title: Text
    function: Function
    signature: Text
    harness: Literal["tensors", "arrays", "train_step"]
    results: tuple[Text, ...] = Field(default=("result",), strict=False)
    gradients: tuple[Name, ...] = Field(default=(), strict=False)
    numpy_only: bool = False
    minutes: int = Field(default=10, ge=1, le=120)
    seconds: float = Field(default=3.0, gt=0, le=60, strict=False)
    task: Text
    hints: tuple[Text, ...] = Field(min_length=1, strict=False)


@dataclass(frozen=True)
class Wrong:
    """A wrong solution that people write. message: what it does instead, said after
    "consistent with". cards: what is worth asking again; the course may know more."""

    id: str
    message: str
    cards: tuple[str, ...]
    file: str


@dataclass(frozen=True)
class Exercise:
    """An exercise, read and checked."""

    head: ExerciseFile
    directory: str
    starter: str
    wrong: tuple[Wrong, ...]

    @property
    def id(self) -> str:
        """Its id, one of the course's items."""
        return self.head.id

    @property
    def reference(self) -> str:
        """The file of the reference solution, its generator and its seeds."""
        return os.path.join(self.directory, "reference.py")

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """The ids that a diagnosis can name."""
        return tuple(wrong.id for wrong in self.wrong)

    @cached_property
    def harness(self) -> str:
        """The text that calls the function, for whichever process runs it."""
        path = os.path.join(HARNESSES, f"{self.head.harness}.py")
        with open(path, encoding="utf-8") as file:
            return file.read()

    @cached_property
    def fingerprint(self) -> str:
        """16 hex digits of what is asked, not of how it is worded."""
        head = self.head
        meaning = (head.function, head.signature, head.harness, head.numpy_only)
        digest = hashlib.blake2b(repr(meaning).encode(), digest_size=8)
        return digest.hexdigest()

    def solution(self) -> str:
        """The reference solution as a learner reads it, without the generator."""
        with open(self.reference, encoding="utf-8") as file:
            source = file.read()
        kept = [
            ast.get_source_segment(source, node) or ""
            for node in ast.parse(source).body
            if getattr(node, "name", None) == self.head.function
        ]
        return "\n\n".join(kept)


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
        problems.append(
            reading.problem(
                ("id",), f"{head.id} stands in another folder", "use its name"
            )
        )
    if head is None:
        return Loaded(None, tuple(sorted(problems)))
    starter = _defining(os.path.join(directory, "starter.py"), head, problems)
    _defining(os.path.join(directory, "reference.py"), head, problems)
    wrong = tuple(_wrongs(directory, head, problems))
    if problems:
        return Loaded(None, tuple(sorted(problems)))
    return Loaded(Exercise(head, os.path.abspath(directory), starter, wrong), ())


def find(name: str) -> Exercise:
    """The exercise with this id, shipped or of an added course.

    GraderError names the nearest for a name that is none; ContentError has what is
    wrong with one that cannot be used.
    """
    directories = {os.path.basename(path): path for path in reversed([*_directories()])}
    if name not in directories:
        near = difflib.get_close_matches(name, directories, 1, 0.4)
        hint = f"did you mean {near[0]}?" if near else "see `drillbox exercise list`"
        raise GraderError(f"there is no exercise {name[:80]!r}; {hint}")
    loaded = load(directories[name])
    if loaded.exercise is None:
        raise ContentError(f"the exercise {name} cannot be used", loaded.problems)
    return loaded.exercise


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
            path = tuple(one["loc"])
            near = _nearest(one["type"], path)
            problems.append(reading.problem(path, one["msg"], near))
    return None


def _nearest(kind: str, path: tuple[str | int, ...]) -> str:
    if kind != "extra_forbidden" or not path:
        return ""
    known = difflib.get_close_matches(str(path[-1]), ExerciseFile.model_fields, 1)
    return f"did you mean {known[0]}?" if known else "remove it"


def _defining(file: str, head: ExerciseFile, problems: list[Problem]) -> str:
    """The text of a Python file, which must parse and define the function."""
    try:
        with open(file, encoding="utf-8") as opened:
            source = opened.read()
        tree = ast.parse(source)
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(file, 1, 1, "file", f"cannot be read: {error}"))
        return ""
    except SyntaxError as error:
        line, column = error.lineno or 1, error.offset or 1
        problems.append(Problem(file, line, column, "file", f"{error.msg}"))
        return ""
    if head.function not in (getattr(node, "name", None) for node in tree.body):
        problems.append(Problem(file, 1, 1, "file", f"defines no {head.function}()"))
    return source


def _wrongs(
    directory: str, head: ExerciseFile, problems: list[Problem]
) -> Iterator[Wrong]:
    folder = os.path.join(directory, "wrong")
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    seen: set[str] = set()
    for name in names:
        file = os.path.join(folder, name)
        if not name.endswith(".py"):
            continue
        source = _defining(file, head, problems)
        wrong = _header(source, file, problems) if source else None
        if wrong and wrong.id in seen:
            problems.append(Problem(file, 1, 1, "id", f"{wrong.id} stands twice"))
        if wrong:
            seen.add(wrong.id)
            yield wrong


def _header(source: str, file: str, problems: list[Problem]) -> Wrong | None:
    """The comment that a wrong solution begins with: id, message, perhaps cards."""
    fields: dict[str, str] = {}
    last = ""
    for line in source.splitlines():
        if not line.startswith("#"):
            break
        match = _FIELD.match(line)
        if match:
            last = match[1]
            fields[last] = match[2].strip()
        elif last:
            fields[last] += " " + line.lstrip("# ").strip()
    for name in ("id", "message"):
        if not fields.get(name):
            what, instead = "is missing in the header", f"begin with `# {name}: …`"
            problems.append(Problem(file, 1, 1, name, what, instead))
            return None
    cards = tuple(card for card in re.split(r"[,\s]+", fields.get("cards", "")) if card)
    return Wrong(fields["id"], fields["message"], cards, file)
