"""The committed schemas are those that the models give, and shipped files obey them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drillbox.errors import ContentError
from drillbox.library import yaml12
from drillbox.workbench.schema import COMMENT, content, exercise, write

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("content/*/**/*.yaml"), *ROOT.glob("exercises/*/*.yaml")])


@pytest.mark.parametrize(
    ("path", "text"),
    [("content/schema.json", content()), ("exercises/schema.json", exercise())],
)
def test_the_committed_schema_is_todays(path: str, text: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == text, "run `drillbox schema`"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_first_line_names_a_schema_that_holds(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first.startswith(COMMENT), "begin with the path of the schema"
    schema = json.loads((path.parent / first.removeprefix(COMMENT)).read_text())
    value = yaml12.read(text.encode(), str(path)).value
    assert list(wrong(value, schema, schema)) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"drop": 1}, "id is missing"),
        ({"phases": [], "id": "x"}, "title is missing"),
        ({"kind": "choice", "id": "x"}, "options is missing"),
        ([{"term": "x", "means": "y"}], "means is not known"),
        ([{"sentence": "x"}], "truth is missing"),
        ({"function": "f", "returns": "tensr"}, "returns fits none"),
        ({"function": "f", "returns": {"a": "int", "b": "int"}}, "returns fits none"),
        ({"function": "f", "hints": "one"}, "hints is no array"),
    ],
)
def test_what_is_wrong_is_found_by_the_part_that_it_is_of(
    value: Any, said: str
) -> None:
    schema = json.loads(content())
    assert said in list(wrong(value, schema, schema))


@pytest.mark.parametrize(
    "returns", ["tensor", {"a": "int or none"}, {"tuple": {"a": "int", "b": "float"}}]
)
def test_every_way_to_say_what_is_returned_is_known(returns: Any) -> None:
    schema = json.loads(exercise())
    found = list(wrong({"function": "f", "returns": returns}, schema, schema))
    assert not any("returns" in one for one in found)


def test_a_course_gets_its_schema_and_another_directory_does_not(
    tmp_path: Path,
) -> None:
    with pytest.raises(ContentError, match="holds no course"):
        list(write(str(tmp_path)))
    (tmp_path / "course.yaml").write_text("id: x\n")
    assert list(write(str(tmp_path))) == [str(tmp_path / "schema.json")]
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == content()


# --- as much of JSON schema as these use ---------------------------------------------

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def wrong(value: Any, schema: Any, root: Any, name: str = "it") -> Iterator[str]:
    """Everything in which a value does not obey a schema."""
    if "$ref" in schema:
        at = root
        for part in schema["$ref"].removeprefix("#/").split("/"):
            at = at[part]
        yield from wrong(value, at, root, name)
    if "if" in schema:
        side = "else" if any(wrong(value, schema["if"], root)) else "then"
        yield from wrong(value, schema[side], root, name)
    if "discriminator" in schema:
        kind = schema["discriminator"]["mapping"].get(value.get("kind"), "#/$defs/none")
        yield from wrong(value, {"$ref": kind}, root, name)
    else:
        for word in ("anyOf", "oneOf"):
            members = schema.get(word)
            if members and all(any(wrong(value, one, root)) for one in members):
                yield f"{name} fits none"
    yield from _typed(value, schema, root, name)


def _typed(value: Any, schema: Any, root: Any, name: str) -> Iterator[str]:
    kind = TYPES.get(schema.get("type"), object)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
        yield f"{name} is no {schema['type']}"
    elif isinstance(value, dict):
        yield from _mapping(value, schema, root)
    elif isinstance(value, list):
        for one in value:
            yield from wrong(one, schema.get("items", {}), root, name)
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 999):
            yield f"{name} has {len(value)} entries"
    elif isinstance(value, str):
        if not re.search(schema.get("pattern", ""), value):
            yield f"{name} has another form"
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 9e9):
            yield f"{name} has {len(value)} characters"
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{name} is not one of those"


def _mapping(value: Any, schema: Any, root: Any) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{name} is missing"
    more = schema.get("additionalProperties", True)
    for name, one in value.items():
        inner = schema.get("properties", {}).get(name, more)
        if inner is False:
            yield f"{name} is not known"
        elif inner is not True:
            yield from wrong(one, inner, root, name)
    if len(value) > schema.get("maxProperties", 999):
        yield "too many fields"
