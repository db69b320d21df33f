"""`cloze`: {"text": what stands in the gap}.

Compared in a normal form: small letters, no spaces or dollars, Greek and LaTeX spelled
out (\\beta, β and beta are one word), ln as log.
"""

import re
import unicodedata
from itertools import takewhile

from drillbox.domain.answer.response import Response, quoted, text_of
from drillbox.domain.answer.verdict import RIGHT, Judgement
from drillbox.domain.card import Blank, ClozeCard
from drillbox.domain.course import Item
from drillbox.domain.expression import GREEK
from drillbox.domain.variant import in_mathematics
from drillbox.words import _

_LONG_WORD = 5  # letters; in a shorter one a wrong letter may be another word
_GREEK = str.maketrans(dict(GREEK))
_SIGNS = str.maketrans("−–—‐·⋅×∗÷", "----****/")
_LATEX_NOISE = re.compile(
    r"\\(?:(?:left|right|text|mathrm|mathbf|mathit|operatorname)(?![A-Za-z])|[,;!:\s])"
)
_LATEX_SIGNS = {r"\cdot": "*", r"\times": "*", r"\mid": "|", r"\ln": "log"}
_HYPHEN = re.compile(r"(?<=[a-z]{3})-(?=[a-z]{3})")
_ARTICLE = re.compile(r"\A(?:the|an?)\s+(?=[a-z]{3})")
_QUOTED = re.compile('["“„«](.+)["”“»][.,;!]*|(.*\\w)[.,;!]+')
_DROPPED = str.maketrans("", "", "{}`*_")


def asked(card: ClozeCard, item: Item) -> Blank:
    """The blank that this item is about."""
    return card.blanks[item.blank or ""]


def answer(card: ClozeCard, item: Item) -> str:
    """The blank's answer; in dollars if its gap stands in mathematics."""
    shown = asked(card, item).answer
    gap = re.search(rf"\[\[\s*{item.blank}\s*\]\]", card.prompt)
    inside = gap is not None and in_mathematics(card.prompt, gap.start())
    return f"${shown}$" if inside and "$" not in shown else shown


def judge(card: ClozeCard, item: Item, response: Response) -> Judgement:
    """Close: one letter off in a word of five or more."""
    blank = asked(card, item)
    typed = text_of(response, _("what stands in the gap"))
    given, accepted = normal(typed), (blank.answer, *blank.accept)
    if any(given == normal(text) for text in accepted):
        return RIGHT
    for word in blank.wrong:
        if given == normal(word.text):
            return Judgement("wrong", (word.why,), word.misconception)
    for text in accepted:
        if _is_misspelt(given, normal(text)):
            said = _("{typed} is {word}, misspelt.")
            return Judgement("close", (said.format(typed=quoted(typed), word=text),))
    return Judgement("wrong", (_why(card, item, typed),))


def _why(card: ClozeCard, item: Item, typed: str) -> str:
    takes = answer(card, item)
    other_gap = _("{typed} belongs in another gap; this one takes {answer}.")
    for name, other in card.blanks.items():
        if name != item.blank and normal(typed) == normal(other.answer):
            return other_gap.format(typed=quoted(typed), answer=takes)
    said = _("You wrote {typed}; the gap takes {answer}.")
    return said.format(typed=quoted(typed), answer=takes)


def normal(text: str) -> str:
    """The one spelling under which answers are compared."""
    framed = _QUOTED.fullmatch(text.strip())
    text = (framed[1] or framed[2]) if framed else text
    text = _LATEX_NOISE.sub(" ", text.replace("$", " ").translate(_SIGNS))
    for latex, sign in _LATEX_SIGNS.items():
        text = re.sub(rf"{re.escape(latex)}(?![A-Za-z])", sign, text)
    text = text.replace("²", "^2").replace("³", "^3").replace("**", "^")
    text = _unaccented(text).translate(_GREEK).replace("\\", "").casefold().strip()
    text = _HYPHEN.sub("", _ARTICLE.sub("", text))
    return "".join(re.sub(r"\bln\b", "log", text).translate(_DROPPED).split())


def _unaccented(text: str) -> str:
    """Compatibility letters as plain ones (𝜎, ﬁ, ₁), and r with a hat as hat r."""
    text = unicodedata.normalize("NFKD", text)
    text = re.sub("(.)\N{COMBINING CIRCUMFLEX ACCENT}", r"hat\1", text)
    return "".join(c for c in text if not unicodedata.combining(c))


def _is_misspelt(given: str, word: str) -> bool:
    """One letter too many, missing or different, or two neighbours exchanged."""
    if len(word) < _LONG_WORD or not (word.isalpha() and given.isalpha()):
        return False
    start = _shared(given, word)
    a, b = given[start:], word[start:]
    end = _shared(a[::-1], b[::-1])
    a, b = a[: len(a) - end], b[: len(b) - end]
    return max(len(a), len(b)) <= 1 or (len(a) == 2 and a == b[::-1])


def _shared(a: str, b: str) -> int:
    """How many letters both begin with."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False))
    return len(list(pairs))
