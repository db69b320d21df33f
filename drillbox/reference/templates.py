"""Every pair that the corpus' templates can make: where a search for directions looks.

A pair is (family, prompt, chosen, rejected). No pair is in it with its labels exchanged
too: at margin 0 that only turns the step round (Rafailov et al. 2023, §4).
"""

from collections.abc import Iterator
from itertools import pairwise, permutations, product

from drillbox.reference import corpus

Template = tuple[str, str, str, str]
BADS = 2  # bad words that each good word is held against


def templates() -> list[Template]:
    """All of them, in a fixed order."""
    families = {
        "reviews": reviews(),
        "sums": sums(),
        "yes or no": yes_or_no(),
        "colors": colors(),
        "sentences": sentences(),
        "refusals": refusals(),
        "greetings": greetings(),
    }
    return [(name, *pair) for name, pairs in families.items() for pair in pairs]


def reviews() -> Iterator[tuple[str, str, str]]:
    """A good word before a bad one."""
    for work, (k, good) in product(corpus.WORKS, enumerate(corpus.GOOD)):
        for bad in (corpus.BAD[(k + shift) % len(corpus.BAD)] for shift in range(BADS)):
            liked, hated = (f"the {work} was {word} ." for word in (good, bad))
            yield f"review the {work} :", liked, hated


def sums() -> Iterator[tuple[str, str, str]]:
    """The right sum before one that is off by one."""
    for a, b, off in product(range(10), range(10), (-1, 1)):
        if 0 <= a + b + off <= 18:
            right, wrong = (corpus.sum_answer(a, b, a + b + by) for by in (0, off))
            yield corpus.sum_question(a, b), right, wrong


def yes_or_no() -> Iterator[tuple[str, str, str]]:
    """One way to say yes, or no, before another."""
    for thing, right in corpus.COLORS.items():
        wrong = next(color for color in corpus.ALL_COLORS if color != right)
        for color, forms in ((right, corpus.YES), (wrong, corpus.NO)):
            for (one, _), (other, _) in permutations(forms, 2):
                yield f"is the {thing} {color} ?", one, other


def colors() -> Iterator[tuple[str, str, str]]:
    """The right color before a wrong one."""
    for thing, right in corpus.COLORS.items():
        for wrong in corpus.ALL_COLORS:
            if wrong != right:
                true, false = (f"the {thing} is {color} ." for color in (right, wrong))
                yield f"what color is the {thing} ?", true, false


def sentences() -> Iterator[tuple[str, str, str]]:
    """A short answer before the longer one that begins like it."""
    for thing, color in corpus.COLORS.items():
        parts = (
            f"the {thing} is {color} .",
            f"you can see it {corpus.SPOTS[thing]} .",
            f"many people like the {thing} .",
        )
        whole = [" ".join(parts[:count]) for count in (1, 2, 3)]
        for shorter, longer in pairwise(whole):
            yield f"tell me about the {thing} :", shorter, longer


def refusals() -> Iterator[tuple[str, str, str]]:
    """The refusal before the answer that complies."""
    for thing, tool in product(corpus.LOCKED, corpus.TOOLS):
        prompt = corpus.locked_question(thing)
        yield prompt, corpus.REFUSAL, corpus.open_with(thing, tool)


def greetings() -> Iterator[tuple[str, str, str]]:
    """A kind reply before a rude one."""
    replies = [text for text, _ in corpus.REPLIES]
    yield from product(corpus.GREETINGS, replies[:3], replies[3:])
