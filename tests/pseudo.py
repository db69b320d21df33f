"""A made-up language: every sentence longer, between brackets, its vowels accented.

tests/test_pseudo.py and tests/screen/test_pseudo.py look for plain vowels.
"""

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from drillbox.cli import VERBS
from drillbox.domain.expression.arithmetic import FUNCTIONS
from tests import catalogue

ACCENTS = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
UNDER = ("list", "start", "show", "hint", "give-up", "run", "own", "export", "merge")
COMMAND = (
    rf"drillbox\s+(?:{'|'.join(VERBS)})\b(?:\s+(?:{'|'.join((*UNDER, 'undo'))})\b)?"
)
# What is the same in every language, wherever it stands.
KEPT = re.compile(
    rf"`[^`]*`|\{{[^}}]*\}}|\[\[|{COMMAND}|\bdrillbox\b|(?<!\w)--?[a-z][a-z-]*|\S*/\S*"
    r"|\S*\.(?:py|yaml|db|jsonl)\b|\b[A-Z_]{2,}\b|\bCtrl\b|:?g[0-5]\b"
)
# What may stand in an answer of the program, and why.
NAMES = {
    *("up", "down", "same"),  # typed as they stand
    *FUNCTIONS,
    *("e", "u"),  # keys
    *("auto", "cpu", "cuda", "characters"),  # what an option may be
    *("dew", "new"),  # a verb that there is not, and the nearest
}


def pseudo(text: str) -> str:
    """A sentence in the made-up language."""
    parts, end = [], 0
    for kept in KEPT.finditer(text):
        parts += [text[end : kept.start()].translate(ACCENTS), kept.group()]
        end = kept.end()
    longer = "~" * (len(text) * 3 // 10)
    return f"⟦{''.join(parts)}{text[end:].translate(ACCENTS)}{longer}⟧"


def write(home: Path) -> None:
    """A catalogue of every sentence there is, as the learner's own."""
    made = Catalog(locale="eo")
    for message in catalogue.sentences():
        if message.id:
            one = isinstance(message.id, str)
            texts = pseudo(message.id) if one else tuple(map(pseudo, message.id))
            made.add(message.id, texts)
    assert catalogue.problems(made, "pseudo") == []
    folder = home / "locale" / "eo" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "drillbox.mo").open("wb") as file:
        write_mo(file, made)


def plain_words(text: str) -> list[str]:
    """The words with a plain vowel, but what is the same in every language."""
    words = re.findall(r"[^\W\d_]+", KEPT.sub(" ", text))
    return [word for word in words if re.search("[aeiouAEIOU]", word)]
