"""The alphabet of the character model: any text of small letters and a few signs.

The model itself is a TinyLM (drillbox.reference.tiny) whose "words" are characters, so
a batch, a log-prob and a sample are made in the same way; drillbox.reference.
make_characters trains it on the corpus of the word model.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from drillbox.reference.tiny import SPECIAL, UnknownWordError, Vocabulary
from drillbox.words import _

LETTERS = " ,.:?" + ascii_lowercase
# The corpus has no word with these: the model never learnt when to write them.
NEVER_SEEN = "jq"


@dataclass(frozen=True)
class Alphabet(Vocabulary):
    """Characters and their numbers; a text is a row of them, spaces included."""

    words: tuple[str, ...] = SPECIAL + tuple(LETTERS)

    def encode(self, text: str) -> list[int]:
        """The numbers of a text's characters; UnknownWordError for another one."""
        numbers = {letter: number for number, letter in enumerate(self.words)}
        for letter in text:
            if letter not in numbers:
                said = _(
                    "the model does not know the character {letter}; it knows {marks} "
                    "the space and a to z in small letters"
                )
                marks = " ".join(LETTERS[1:5])
                raise UnknownWordError(said.format(letter=repr(letter), marks=marks))
        return [numbers[letter] for letter in text]

    def decode(self, ids: Sequence[int]) -> str:
        """The text of these numbers, special ones left out."""
        return "".join(self.words[i] for i in ids if i >= len(SPECIAL))

    def told(self) -> dict[str, str]:
        """What a file of the model says of it."""
        return {"letters": "".join(self.words[len(SPECIAL) :])}
