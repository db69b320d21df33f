"""JSON schemas of what authors write, for editors that know yaml-language-server.

A file that begins with `# yaml-language-server: $schema=…` is completed and checked
while it is typed. One schema serves all files of a course: which part of it holds is
told by the fields that are there. `drillbox schema` writes them.
"""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from drillbox.domain.course import CourseFile, DropFile, Misconception, Question, Term
from drillbox.errors import ContentError
from drillbox.grader.exercise import ExerciseFile
from drillbox.grader.returns import KINDS
from drillbox.words import _

Schema = Mapping[str, Any]
COMMENT = "# yaml-language-server: $schema="  # the first line of a file, with a path

_KIND = "|".join(KINDS)
_ONE = {
    "type": "string",
    "pattern": rf"^({_KIND})( or ({_KIND}))*$",
    "description": f"One of {', '.join(KINDS)}, or several: `float or none`.",
}
_PARTS = {"type": "object", "additionalProperties": _ONE, "minProperties": 1}
_RETURNS = {
    "description": "A kind; {name: kind}; {tuple: {name: kind, …}} or {dict: {…}}.",
    "anyOf": [
        _ONE,
        {
            "type": "object",
            "properties": {"tuple": _PARTS, "dict": _PARTS},
            "additionalProperties": _ONE,
            "minProperties": 1,
            "maxProperties": 1,
        },
    ],
}


def content() -> str:
    """The schema of every YAML file of a course, its exercises too; always the same
    bytes."""
    models = (CourseFile, DropFile, Misconception, Question, Term, ExerciseFile)
    parts = _parts(*models)
    parts["Card"] = parts["DropFile"]["properties"]["cards"]["items"]
    entries = _chosen(
        [("sentence", "Misconception"), ("term", "Term"), ("question", "Question")],
        "Card",
    )
    whole = _chosen(
        [("phases", "CourseFile"), ("function", "ExerciseFile"), ("kind", "Card")],
        "DropFile",
    )
    lists = {"type": "array", "items": entries}
    chosen = {"if": {"type": "array"}, "then": lists, "else": whole}
    return _text({"$defs": parts, **chosen})


def exercise() -> str:
    """The schema of exercise.yaml, always the same bytes."""
    return _text({"$defs": _parts(ExerciseFile), "$ref": "#/$defs/ExerciseFile"})


def write(directory: str) -> Iterator[str]:
    """Write the schemas of a checkout of drillbox, or of a course; their paths.

    ContentError if `directory` is neither.
    """
    folders = [os.path.join(directory, name) for name in ("content", "exercises")]
    if all(map(os.path.isdir, folders)):
        texts = zip(folders, (content(), exercise()), strict=True)
    elif os.path.isfile(os.path.join(directory, "course.yaml")):
        texts = zip([directory], [content()], strict=True)
    else:
        said = _("{path} holds no course; go into a course, or give its directory")
        raise ContentError(said.format(path=directory))
    for folder, text in texts:
        path = os.path.join(folder, "schema.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        yield path


def _parts(*models: type[BaseModel]) -> dict[str, Any]:
    """The definitions of these models and of all that stand in them."""
    found = models_json_schema([(model, "validation") for model in models])[1]
    parts: dict[str, Any] = found["$defs"]
    if "ExerciseFile" in parts:  # `returns` is read by a parser of its own
        parts["ExerciseFile"]["properties"]["returns"] = _RETURNS
        parts.pop("Returns")
    return parts


def _chosen(fields: list[tuple[str, str]], last: str) -> Schema:
    """The definition that goes with the first field that is there."""
    found: Schema = {"$ref": f"#/$defs/{last}"}
    for field, name in reversed(fields):
        then = {"$ref": f"#/$defs/{name}"}
        found = {"if": {"required": [field]}, "then": then, "else": found}
    return found


def _text(schema: Schema) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
