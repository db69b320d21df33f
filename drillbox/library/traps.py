"""What YAML lets pass or says badly, in sentences: characters nobody sees, backslashes
in double quotes, and the C parser's own messages."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from yaml.error import MarkedYAMLError, YAMLError

from drillbox.errors import Problem
from drillbox.words import N_, _

QUOTES = N_("write the text in single quotes, or under `|`")

# --- characters nobody sees ----------------------------------------------------------

# C0, DEL and C1 reach the terminal as commands; U+0085, U+2028 and U+2029 break lines
# in some programs only; the rest turns text round or is no character.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
    "\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_ORDINARY = bytes(range(0x20, 0x7F)) + b"\t\n\r"
MAX_SHOWN = 5


def undecodable(raw: bytes, at: int, file: str) -> Problem:
    """The problem of a file whose byte `at` is no UTF-8."""
    before = raw[:at].decode("utf-8-sig", errors="replace")
    line, column = place(before, len(before))
    what = _("byte 0x{byte:02x} is not UTF-8").format(byte=raw[at])
    return Problem(file, line, column, "text", what, _("save the file as UTF-8"))


def controls(raw: bytes, text: str, file: str) -> tuple[Problem, ...]:
    """The first few characters of a file that must not stand in one."""
    rare = raw.removeprefix(BOM_UTF8).translate(None, _ORDINARY)
    if not _UNSEEN.search(rare.decode()):  # a tenth of the search in the whole text
        return ()
    found = islice(_UNSEEN.finditer(text), MAX_SHOWN)
    return tuple(_unseen(match, text, file) for match in found)


def _unseen(match: re.Match[str], text: str, file: str) -> Problem:
    line, column = place(text, match.start())
    what = _("the control character U+{code:04X} stands here").format(
        code=ord(match[0])
    )
    return Problem(file, line, column, "text", what, _("delete it"))


def place(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a character of the text."""
    lines = re.split(r"\r\n|\r|\n", text[:index])
    return len(lines), len(lines[-1]) + 1


# --- backslashes in double quotes ----------------------------------------------------

_ESCAPE = re.compile(r"\\(?P<word>[^\W\d]+|.)", re.DOTALL)  # letters and _, or one
_MEANT = ("t", "n")  # a tab, a line break


def escapes(source: str) -> Iterator[tuple[int, str]]:
    """Each backslash in the source of a double-quoted text that does not do what it
    seems to: its index and what it does. `\\n` and `\\t` before no letter are fine."""
    for match in _ESCAPE.finditer(source):
        word = match["word"]
        if word == "0":
            yield match.start(), _("`\\0` in double quotes is a control character")
        elif (word[0].isalpha() or word[0] == "_") and not _is_meant(word):
            yield match.start(), _misread(word)


def _is_meant(word: str) -> bool:
    return word[0] in _MEANT and not word[1:2].isalpha()


def _misread(word: str) -> str:
    said = _("`\\{word}` in double quotes is an escape and not a backslash")
    if word[0] == "t":
        said = _("`\\{word}` in double quotes is a tab and `{rest}`")
    if word[0] == "n":
        said = _("`\\{word}` in double quotes is a line break and `{rest}`")
    return said.format(word=word, rest=word[1:])


# --- the parser's own messages -------------------------------------------------------

_TEXT = N_("put the text in single quotes, or write it under `|`")
_NO_END = N_("a quotation mark is opened and never closed")
_NO_BRACKET = N_("a `[` is never closed")
_NO_BRACE = N_("a `{` is never closed")
_NEVER_CLOSED = (_NO_END, _NO_BRACKET, _NO_BRACE)
_WORDS: Mapping[str, tuple[str, str]] = {
    "mapping values are not allowed in this context": (
        N_(
            "a colon and a space stand inside unquoted text, or the line is indented "
            "wrong"
        ),
        _TEXT,
    ),
    "did not find expected key": (
        N_("this is no field of what stands around it"),
        N_(
            "indent it like its neighbours; quote text that starts with "
            "a quotation mark"
        ),
    ),
    "could not find expected ':'": (
        N_("a colon is missing after the name of a field"),
        N_("write `name: value`, and indent the lines of a text under its field"),
    ),
    "did not find expected '-' indicator": (
        N_("an entry of a list is missing its dash, or is indented wrong"),
        N_("start it with `- `, in the column of the entries before it"),
    ),
    "did not find expected ',' or ']'": (_NO_BRACKET, N_("write a `]`")),
    "did not find expected ',' or '}'": (_NO_BRACE, N_("write a `}`")),
    "did not find expected node content": (
        N_("a value is missing here"),
        N_("write one, or quote the text"),
    ),
    "block sequence entries are not allowed in this context": (
        N_("a list must not start here"),
        N_("start it on a line of its own"),
    ),
    "did not find expected <document start>": (
        N_("something stands after the end of the document"),
        N_("indent it like the rest, or delete it"),
    ),
    "found unexpected end of stream": (_NO_END, N_("close it")),
    "found unexpected document indicator": (_NO_END, N_("close it")),
    "found undefined tag handle": (
        N_("YAML tags are not used here"),
        N_("leave it out"),
    ),
}


def in_words(error: YAMLError, text: str, file: str) -> Problem:
    """What the parser refused, as a sentence for somebody who does not know parsers."""
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    if mark is None:
        return Problem(file, 1, 1, "yaml", str(error).splitlines()[0], "")
    what, instead = _sentence(error, text, mark)
    if isinstance(error, MarkedYAMLError) and what in _NEVER_CLOSED:
        mark = error.context_mark or mark
    return Problem(file, mark.line + 1, mark.column + 1, "yaml", _(what), _(instead))


def _sentence(error: Any, text: str, mark: Any) -> tuple[str, str]:
    """In English where `_` translates it; a sentence with something in it is filled."""
    said = error.problem or ""
    if (error.context or "").startswith("while parsing a quoted scalar"):
        return _in_quotes(said, text, mark)
    if said == "found character that cannot start any token":
        return _strange_start(text[mark.index : mark.index + 1])
    if "tab" in said:
        return N_("a tab stands in the indentation"), N_("indent with spaces")
    if said in _WORDS:
        return _WORDS[said]
    return _("this is no YAML ({why})").format(why=said), _TEXT


def _in_quotes(said: str, text: str, mark: Any) -> tuple[str, str]:
    start = text.rfind("\\", 0, mark.index + 1)
    word = _ESCAPE.match(text, start) if start >= 0 else None
    if word and ("escape" in said or "hexdecimal" in said or "Unicode" in said):
        return _misread(word["word"]), QUOTES
    return _WORDS["found unexpected end of stream"]


def _strange_start(character: str) -> tuple[str, str]:
    if character == "\t":
        what = N_("a tab stands where the indentation should be")
        return what, N_("indent with spaces")
    what = _("unquoted text must not start with `{character}`")
    return what.format(character=character), _TEXT
