"""The words and characters that shipped models know, from their files, without torch.

A safetensors file begins with the length of its header (8 bytes), then the header in
JSON; the words stand in its metadata, or the characters (reference/tiny.py and
reference/characters.py write them).
"""

import difflib
import json
import struct
from functools import cache

from drillbox.lab.run import CHECKPOINT, LabError
from drillbox.words import _

SPECIAL = 3  # the first words are no words: padding, end, separator
NEAR = 3
SHOWN = 8


@cache
def words() -> tuple[str, ...]:
    """All of them, in alphabetical order; LabError if the file cannot be read."""
    return tuple(_made_of(CHECKPOINT, "words").split()[SPECIAL:])


@cache
def letters(path: str) -> str:
    """The characters that the model in this file knows; LabError."""
    return _made_of(path, "letters")


def _made_of(path: str, what: str) -> str:
    try:
        with open(path, "rb") as file:
            (size,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(size))
        return str(json.loads(header["__metadata__"]["drillbox"])[what])
    except (OSError, ValueError, KeyError, struct.error):
        said = _("cannot read the {what} of {path}; install drillbox again")
        raise LabError(said.format(what=what, path=path)) from None


def strange(path: str, text: str) -> str:
    """What is said of the first character that the model in this file does not know;
    "" if it knows all."""
    known = letters(path)
    signs = " ".join(sign for sign in known if not sign.isalpha() and sign != " ")
    for letter in text:
        if letter not in known:
            return _(
                "the model does not know the character {letter}; it knows {signs} the "
                "space and a to z in small letters"
            ).format(letter=repr(letter), signs=signs)
    return ""


def completions(start: str) -> list[str]:
    """Known words that begin like this, the shortest first."""
    found = [word for word in words() if word.startswith(start)]
    return sorted(found, key=lambda word: (len(word), word))


def unknown(text: str) -> str:
    """What is said of the first word the model does not know; "" if it knows all."""
    for word in text.split():
        if word not in words():
            said = _("the model does not know the word {word}; {offer}")
            return said.format(word=repr(word), offer=_offer(word))
    return ""


def _offer(word: str) -> str:
    """Words in place of an unknown one: split off its sign, complete it, or near it."""
    bare = word.rstrip(".,?:")
    if bare != word and bare in words():
        split = _("write a space before the sign: {words}")
        return split.format(words=f"{bare} {word[len(bare) :]}")
    near = difflib.get_close_matches(word, words(), NEAR, 0.5)
    offered = list(dict.fromkeys([*near, *completions(word[:2])]))[:SHOWN]
    offered = offered or completions(word[:1])[:SHOWN]
    if not offered:
        such = _("it knows words such as {words}")
        return such.format(words=", ".join(words()[-SHOWN:]))
    return _("it knows {words}").format(words=", ".join(offered))
