"""YAML is read as version 1.2 says, and its traps are refused with their place."""

import math
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drillbox.library.yaml12 import meaning, read

QUOTES = "write the text in single quotes, or under `|`"
TEXT = "put the text in single quotes, or write it under `|`"
CLOSE = "a quotation mark is opened and never closed; close it"


def problems(text: str | bytes) -> list[str]:
    raw = text if isinstance(text, bytes) else text.encode()
    return [str(problem).removeprefix("f:") for problem in read(raw, "f").problems]


def value(text: str) -> Any:
    document = read(text.encode(), "f")
    assert not document.problems
    return document.value


@pytest.mark.parametrize(
    ("plain", "meaning"),
    [
        ("1e-3", 0.001),
        ("1E3", 1000.0),
        ("-1.5e+2", -150.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("12", 12),
        ("+7", 7),
        ("-3", -3),
        ("012", 12),
        ("0x1F", 31),
        ("0o17", 15),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("2024-01-05", "2024-01-05"),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("~", None),
        ("null", None),
        ("", None),
        ("nil", "nil"),
        (".inf", math.inf),
        ("-.Inf", -math.inf),
        ("inf", "inf"),
        ("'12'", "12"),
        ("'true'", "true"),
        ("''", ""),
        ('"a\\n b\\t"', "a\n b\t"),
        ('"a\\n_b_\\t_"', "a\n_b_\t_"),
        (f"0x{'f' * 256}", f"0x{'f' * 256}"),  # beyond a double, as 400 digits are
        ('"a\\\\theta \\" \\/"', 'a\\theta " /'),
        ("'\\theta'", "\\theta"),
        ("|\n  \\theta: 1\n  # no comment", "\\theta: 1\n# no comment"),
        ("!!str 12", "12"),
        ("<<", "<<"),
        ("[1, no, '3']", [1, "no", "3"]),
        ("{b: 1e2}", {"b": 100.0}),
    ],
)
def test_a_value_means_what_yaml_1_2_says(plain: str, meaning: Any) -> None:
    found = value(f"a: {plain}")["a"]
    assert found == meaning
    assert type(found) is type(meaning)


def test_not_a_number_is_one() -> None:
    assert math.isnan(value("a: .nan")["a"])


def test_names_of_fields_stay_text() -> None:
    assert value("y: 1\nno: 2\non: 3\n'4': 5") == {"y": 1, "no": 2, "on": 3, "4": 5}


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    raw = b"\xef\xbb\xbfa: |\r\n  one\r\n  two\r\n"
    assert read(raw, "f").value == {"a": "one\ntwo\n"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('a: "\\theta"', "a: `\\theta` in double quotes is a tab and `heta`"),
        ('a: "\\nabla"', "a: `\\nabla` in double quotes is a line break and `abla`"),
        ('a: "\\nÄ"', "a: `\\nÄ` in double quotes is a line break and `Ä`"),
        ('a: "\\beta"', "a: `\\beta` in double quotes is an escape and not a"),
        ('a: "\\_"', "a: `\\_` in double quotes is an escape and not a backslash"),
        ('a: "\\x41"', "a: `\\x` in double quotes is an escape and not a backslash"),
        ('a: "\\sigma"', "yaml: `\\sigma` in double quotes is an escape and not a"),
        ('a: "\\xi"', "yaml: `\\xi` in double quotes is an escape and not a backslash"),
        ('a: "\\0"', "a: `\\0` in double quotes is a control character"),
    ],
)
def test_a_backslash_that_double_quotes_would_eat_is_refused(
    text: str, problem: str
) -> None:
    (found,) = problems(text)
    assert problem in found
    assert found.endswith(QUOTES)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('a: "\\alpha"', "1:5"),
        ('a: "x y \\alpha"', "1:9"),
        ('a: &x "\\alpha"', "1:8"),
        ('a:\n  - b: "x\n\n      y \\alpha"', "4:9"),
        ('a:\r\n  - b: "x\r\n      y \\alpha"', "3:9"),
        ('{"\\alpha": 1}', "1:3"),
    ],
)
def test_the_place_of_a_bad_backslash_is_its_own(text: str, place: str) -> None:
    (found,) = problems(text)
    assert found.startswith(f"{place}: ")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("id: a\nb: 1\nid: c", "3:1: id: this field stands on line 1 already"),
        ("x:\n  - {b: 1, b: 2}", "2:12: x[1].b: this field stands on line 2 already"),
        ("1: a\n'1': b", "2:1: 1: this field stands on line 1 already"),
    ],
)
def test_a_field_that_stands_twice_is_refused_with_both_lines(
    text: str, problem: str
) -> None:
    assert f"{problem}; keep one of the two" in problems(text)


def test_the_first_of_two_equal_fields_is_named_also_before_a_broken_rest() -> None:
    duplicate, broken = problems("a: 1\na: 2\nb: [")
    assert duplicate.startswith("2:1: a: this field stands on line 1 already")
    assert broken.startswith("4:1: yaml: a value is missing")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1: file: is empty; write its fields"),
        ("# only\n", "1:1: file: is empty; write its fields"),
        (
            "a: b: c",
            "1:5: yaml: a colon and a space stand inside unquoted text, or the line is "
            f"indented wrong; {TEXT}",
        ),
        ("a: [1,\nb: 2", "1:4: yaml: a `[` is never closed; write a `]`"),
        ("a: {b: 1", "1:4: yaml: a `{` is never closed; write a `}`"),
        ('a: "x', f"1:4: yaml: {CLOSE}"),
        ("a: 'x\nb: 1", f"1:4: yaml: {CLOSE}"),
        (
            "a:\n\tb: 1",
            "2:1: yaml: a tab stands where the indentation should be; indent with",
        ),
        ("a: @x", f"1:4: yaml: unquoted text must not start with `@`; {TEXT}"),
        ("a: %x", f"1:4: yaml: unquoted text must not start with `%`; {TEXT}"),
        ("a: - b", "1:4: yaml: a list must not start here; start it on a line of its"),
        ("a: 1\n---\nb: 2", "2:1: file: a second document starts here"),
        (
            "1: a",
            "1:1: file: the name of a field is `1`, which is no text; write it in",
        ),
        ("true: a", "1:1: file: the name of a field is `true`, which is no text"),
        ("[a]: b", "1:1: file: the name of a field is no text"),
        ("a: !!int 3", "1:4: a: the tag !!int is not used here"),
        ("a: !!python/name:os.system ''", "1:4: a: the tag !!python/name:os.system is"),
        ("!course\na: 1", "1:1: file: the tag !course is not used here"),
        ("a: *b", "1:4: a: *b repeats something that is not there; set &b before"),
        ("a: &b [*b]", "1:8: a[1]: *b stands inside what it repeats"),
        ("a: &b 1\nc: &b 2", "2:4: c: the anchor &b is set a second time"),
        ("a: &b 1\n*b : 2", "2:1: file: an alias stands as a name; write the name"),
        ("a: b\x07", "1:5: text: the control character U+0007 stands here; delete it"),
        ("a: \x1b[31m", "1:4: text: the control character U+001B stands here"),
        ("a: b\u2028c", "1:5: text: the control character U+2028 stands here"),
        ("a: b\u202ec", "1:5: text: the control character U+202E stands here"),
        ("a: b\n\x85", "2:1: text: the control character U+0085 stands here"),
    ],
)
def test_what_is_no_yaml_for_us_gets_a_sentence(text: str, problem: str) -> None:
    (found,) = problems(text)
    assert found.startswith(problem)


def test_what_is_not_utf_8_is_named_by_byte_and_place() -> None:
    expected = "2:4: text: byte 0xff is not UTF-8; save the file as UTF-8"
    assert problems(b"a: \xc3\xa4\nb: \xff\n") == [expected]


def test_a_merge_key_is_told_and_the_rest_is_read() -> None:
    text = "a: &a {b: 1}\nc: {<<: *a, d: 2}\ne: 1\ne: 2"
    assert problems(text) == [
        "2:9: c.<<: `<<` takes no fields over in YAML 1.2; write the fields out",
        "4:1: e: this field stands on line 3 already; keep one of the two",
    ]


def test_aliases_repeat_what_they_name() -> None:
    assert value("a: &x {b: 1}\nc: *x") == {"a": {"b": 1}, "c": {"b": 1}}


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for k in range(1, levels):
        names = ", ".join([f"*a{k - 1}"] * 10)
        lines.append(f"a{k}: &a{k} [{names}]")
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        bomb(9),
        bomb(40),
        f"a: &a '{'x' * 3_000_000}'\nb: [{', '.join(['*a'] * 5_000)}]",
        f"a: &a\n  ? {'x' * 100_000}\n  : 1\nb: [{', '.join(['*a'] * 5_000)}]",
    ],
    ids=["billion laughs", "more levels", "long text", "long name"],
)
def test_aliases_that_repeat_too_much_are_refused(text: str) -> None:
    (found,) = problems(text)
    assert "the aliases up to here repeat more than 10000 values" in found


@pytest.mark.parametrize("start", ["[", "- ", "{a: ", "? "])
def test_a_million_levels_are_refused_and_do_not_end_the_process(start: str) -> None:
    (found,) = problems(start * 300_000)
    assert "more than 60 levels" in found or "is no text" in found


def test_a_problem_shows_what_would_command_the_terminal() -> None:
    document = read(b"a: 1", "f")
    assert "<U+001B>[2J" in str(document.problem(("a",), "is \x1b[2J"))


def test_the_lines_of_entries_are_known() -> None:
    text = "cards:\n  - id: a\n    x: [{b: 1}]\n\n  -\n    id: b\n  - {id: c}\n"
    assert read(text.encode(), "f").lines == {"cards": [2, 6, 7]}
    assert read(b"- a: 1\n- a: 2\n", "f").lines == {"": [1, 2]}


@pytest.mark.parametrize(
    ("path", "at_name", "place"),
    [
        ((), False, (1, 1)),
        (("a",), False, (2, 3)),
        (("a",), True, (1, 1)),
        (("a", 1, "b"), False, (3, 8)),
        (("a", 1, "b"), True, (3, 5)),
        (("a", 1, "missing"), False, (3, 5)),
        (("a", 7, "missing"), True, (2, 3)),
        (("nowhere", 1), False, (1, 1)),
    ],
)
def test_a_path_has_a_place_or_that_of_what_is_around_it(
    path: tuple[str | int, ...], at_name: bool, place: tuple[int, int]
) -> None:
    document = read(b"a:\n  - x\n  - b: [1]\n", "f")
    assert document.place(path, at_name) == place


SIGNS = st.text("ab:-[]{},&*!|>'\"%@`#?\\ \n\t~0_1.e\u00e9", max_size=60)


def is_null(text: str) -> bool:
    """Is it a document with nothing in it, or with null? An anchor may stand before."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    return node is None or (plain and meaning(node.value) is None)


@settings(deadline=None)
@given(st.one_of(SIGNS, st.text(max_size=60)))
@example("&0")
@example("# nothing")
def test_no_text_raises(text: str) -> None:
    document = read(text.encode(), "f")
    assert document.value is not None or document.problems or is_null(text)
    assert document.place(("a", 0, "b"), at_name=True) >= (1, 1)
    for problem in document.problems:
        assert problem.line >= 1 and problem.column >= 1 and problem.what
        assert str(problem).isprintable()


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_raise(raw: bytes) -> None:
    read(raw, "f")
