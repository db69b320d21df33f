"""Skeletons for authors: small, valid, with comments. Nothing is ever overwritten."""

import keyword
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from drillbox import places
from drillbox.domain.card import KINDS
from drillbox.domain.course import Course
from drillbox.errors import ContentError
from drillbox.library.load import load_course
from drillbox.words import _
from drillbox.workbench import cardfile, skeletons
from drillbox.workbench.schema import COMMENT, content
from drillbox.workbench.skeletons import filled

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_CORE = ("choice", "numeric", "cloze")
_BELIEF = "sum-for-mean"  # what the skeleton of an exercise is about


@dataclass(frozen=True)
class Written:
    """What was written, and what to do next: lines, the first of them a command."""

    paths: tuple[str, ...]
    then: tuple[str, ...]


def course(name: str, folder: str = ".") -> Written:
    """A course of one drop in `folder`/`name`. ContentError, as everywhere here, for a
    name that is no id and for what is there already."""
    _check(name)
    directory = os.path.normpath(os.path.join(folder, name))
    first = f"{name}-first"
    misconceptions = filled(
        skeletons.MISCONCEPTIONS, misconception=_BELIEF, card=f"{first}-choice"
    )
    files = {
        "course.yaml": _COURSE_LINE + filled(skeletons.COURSE, **_words(name)),
        "drops/01-first.yaml": _drop_text(first, 1, 1, _BELIEF),
        "misconceptions.yaml": _COURSE_LINE + misconceptions,
        "schema.json": content(),
    }
    if os.path.exists(directory):
        raise _there(directory)
    paths = _write(directory, files)
    more = f"drillbox review --course {directory}"
    return Written(paths, (f"drillbox lint {directory}", more))


def drop(name: str, directory: str = ".") -> Written:
    """The next drop of the course in `directory`."""
    _check(name)
    found = _loaded(directory)
    number = max((one.number for one in found.drops), default=0) + 1
    path = f"drops/{number:02}-{name}.yaml"
    taken = {item.card.id for item in found.items.values()}
    taken |= {one.id for one in found.drops} | {*found.exercises, *found.runs}
    for one in (name, *(f"{name}-{kind}" for kind in _CORE)):
        if one in taken:
            said = _("the course has the id {id} already; choose another")
            raise ContentError(said.format(id=one))
    text = _drop_text(name, number, len(found.head.phases), _belief(found))
    paths = _write(directory, {path: text})
    return Written(paths, (f"drillbox preview {paths[0]}", f"drillbox lint {paths[0]}"))


def card(name: str, kind: str = "numeric", into: str | None = None) -> Written:
    """A card: in a file of its own, `name`.yaml, or after the others of the drop whose
    file is `into`."""
    _check(name)
    text = filled(skeletons.CARDS[kind], name=name, wrong="").replace("\n\n", "\n")
    if into is None:
        lines = [line.removeprefix("  ") for line in text.splitlines(keepends=True)]
        (path,) = _write(".", {f"{name}.yaml": "".join(lines)})
        then = f"drillbox preview {path}", f"drillbox lint {path}"
        return Written((path,), then)
    _append(into, name, text)
    return Written((into,), (f"drillbox preview {into} --card {name}",))


def exercise(name: str, directory: str = ".") -> Written:
    """An exercise: of the course in `directory`, else of the shipped one in a checkout
    of drillbox, else in a folder of its own."""
    function = _function(name)
    folder, found = _home(directory)
    words = {
        **_words(name),
        "function": function,
        "course": found.id if found else "my-course",
        "number": found.drops[-1].number if found and found.drops else 1,
        "misconception": (_belief(found) if found else "") or _BELIEF,
    }
    texts = {
        "exercise.yaml": _schema_line(folder) + skeletons.EXERCISE,
        "starter.py": skeletons.STARTER,
        "reference.py": skeletons.REFERENCE,
        f"wrong/{_BELIEF}.py": skeletons.WRONG,
        "equivalent/dot.py": skeletons.EQUIVALENT,
    }
    goal = os.path.normpath(os.path.join(folder, name))
    if os.path.exists(goal):
        raise _there(goal)
    if found and not found.misconceptions:
        known = filled(skeletons.MISCONCEPTIONS, misconception=_BELIEF, card="")
        texts[os.path.join("..", "..", "misconceptions.yaml")] = _COURSE_LINE + known
    paths = _write(goal, {one: filled(text, **words) for one, text in texts.items()})
    named = _("and name it in its drop's file: exercises: [{name}]").format(name=name)
    return Written(
        paths,
        (f"drillbox lint {goal}", *((named,) if found else ())),
    )


# --- names and places ----------------------------------------------------------------


def _check(name: str) -> None:
    if not _ID.fullmatch(name):
        said = _(
            "{name} is no id; write small letters, digits and hyphens, such as "
            "sum-and-mean"
        )
        raise ContentError(said.format(name=repr(name[:80])))


def _function(name: str) -> str:
    _check(name)
    function = name.replace("-", "_")
    if not function.isidentifier() or keyword.iskeyword(function):
        said = _(
            "{function} can be no function of Python; choose another name, since the "
            "function is called like the exercise"
        )
        raise ContentError(said.format(function=function))
    return function


def _words(name: str) -> dict[str, object]:
    return {"name": name, "title": name.replace("-", " ").capitalize()}


def _loaded(directory: str) -> Course:
    if not os.path.isfile(os.path.join(directory, "course.yaml")):
        said = _(
            "{path} has no course.yaml in it; go into a course, or name it with "
            "--course"
        )
        raise ContentError(said.format(path=directory))
    loaded = load_course(directory)
    if loaded.course is None:
        said = _("the course has problems; mend it first, so that what is new fits")
        raise ContentError(said, loaded.problems)
    return loaded.course


def _home(directory: str) -> tuple[str, Course | None]:
    """Where the folder of a new exercise belongs, and its course."""
    if os.path.isfile(os.path.join(directory, "course.yaml")):
        return os.path.join(directory, "exercises"), _loaded(directory)
    shipped = places.shipped()
    if os.path.realpath(directory) == os.path.realpath(shipped):
        return os.path.join(directory, "exercises"), _loaded(places.shipped_course())
    return directory, None


def _belief(found: Course) -> str:
    """A misconception that the course describes, the fitting one if it is there."""
    known = [one.id for one in found.misconceptions]
    return _BELIEF if _BELIEF in known else next(iter(known), "")


# --- texts and files -----------------------------------------------------------------


_COURSE_LINE = f"{COMMENT}schema.json\n"


def _schema_line(folder: str) -> str:
    """The first line of an exercise.yaml in a folder of `folder`, if there is one."""
    for path in ("schema.json", "../schema.json"):
        if os.path.isfile(os.path.join(folder, path)):
            return f"{COMMENT}../{path}\n"
    return ""


def _drop_text(name: str, number: int, phase: int, belief: str) -> str:
    head = {**_words(name), "number": number, "phase": phase}
    wrong = f"        misconception: {belief}" if belief else ""
    cards = [
        filled(skeletons.CARDS[kind], name=f"{name}-{kind}", wrong=wrong)
        for kind in _CORE
    ]
    text = filled(skeletons.DROP, **head) + "".join(cards)
    return f"{COMMENT}../schema.json\n" + text.replace("\n\n", "\n")


def _append(path: str, name: str, text: str) -> None:
    """Add a card at the end of a drop; only if the drop then has one card more."""
    document = cardfile.read(path)
    if document.problems or not isinstance(document.value, dict):
        unread = _("{path} is no drop that can be read").format(path=path)
        raise ContentError(unread, document.problems)
    ids = [one.get("id") for one in document.value.get("cards") or ()]
    if name in ids:
        taken = _("{path} has a card {name} already; choose another name")
        raise ContentError(taken.format(path=path, name=name))
    before = document.text if document.text.endswith("\n") else f"{document.text}\n"
    after = cardfile.parsed((before + text).encode(), path)
    added = [one.get("id") for one in (after.value or {}).get("cards") or ()]
    if after.problems or added != [*ids, name]:
        full = _(
            "{path} takes no card at its end; its `cards:` must come last, each "
            "indented by two blanks"
        )
        raise ContentError(full.format(path=path))
    with open(path, "a", encoding="utf-8") as file:
        file.write(("" if document.text.endswith("\n") else "\n") + text)


def _write(directory: str, files: Mapping[str, str]) -> tuple[str, ...]:
    """Write new files. A file that is there is left alone: ContentError."""
    paths = [os.path.normpath(os.path.join(directory, name)) for name in files]
    for path in paths:
        if os.path.lexists(path):
            raise _there(path)
    for path, text in zip(paths, files.values(), strict=True):
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "x", encoding="utf-8") as file:
            file.write(text)
    return tuple(paths)


def _there(path: str) -> ContentError:
    return ContentError(
        _("{path} is there already; choose another name").format(path=path)
    )


__all__ = ["KINDS", "Written", "card", "course", "drop", "exercise"]
