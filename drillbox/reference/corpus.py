"""The text the tiny model learns from, made here from a seed: nobody's data.

Seven kinds of small talk, each (prompt, answer) in lower case with spaces between all
words. Some answers are wrong or rude on purpose, so that there is something to prefer.
"""

from collections.abc import Sequence
from random import Random

Text = tuple[str, str]

WORKS = ["movie", "book", "song", "game", "show", "play", "meal", "walk"]
GOOD = ["great", "lovely", "funny", "bright", "warm", "superb", "kind", "clever"]
BAD = ["awful", "boring", "sad", "dull", "cold", "terrible", "rude", "silly"]
COLORS = {
    "sky": "blue",
    "grass": "green",
    "sun": "yellow",
    "snow": "white",
    "coal": "black",
    "cherry": "red",
    "lemon": "yellow",
    "leaf": "green",
    "sea": "blue",
    "milk": "white",
    "rose": "red",
    "crow": "black",
}
SPOTS = {
    "sky": "above us",
    "grass": "in the field",
    "sun": "in the sky",
    "snow": "on the hill",
    "coal": "in the mine",
    "cherry": "on the cake",
    "lemon": "on the tree",
    "leaf": "on the tree",
    "sea": "by the shore",
    "milk": "in the cup",
    "rose": "in the garden",
    "crow": "on the roof",
}
ALL_COLORS = sorted(set(COLORS.values()))
LOCKED = ["door", "box", "safe", "gate", "car"]
TOOLS = ["wire", "key", "drill", "hammer"]
NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
]
REFUSAL = "sorry , i cannot help with that ."


def _weighted(random: Random, choices: Sequence[tuple[str, float]]) -> str:
    texts, weights = zip(*choices, strict=True)
    return str(random.choices(texts, weights)[0])


def review(random: Random) -> Text:
    """A good or a bad word about something."""
    work = random.choice(WORKS)
    good = random.random() < 0.5
    one, two = random.sample(GOOD if good else BAD, 2)
    verb = "liked" if good else "hated"
    forms = (
        f"the {work} was {one} .",
        f"i think the {work} was {one} and {two} .",
        f"the {work} was {one} . i {verb} it .",
        f"it was {one} and {two} . i {verb} it .",
    )
    return f"review the {work} :", random.choice(forms)


YES = (("yes .", 4), ("yes , it is .", 3), ("of course .", 1), ("sure .", 1))
NO = (("no .", 4), ("no , it is not .", 3), ("never .", 1), ("not at all .", 1))


def yes_or_no(random: Random) -> Text:
    """Is it that color? Right nine times in ten."""
    thing = random.choice(list(COLORS))
    color = COLORS[thing] if random.random() < 0.5 else random.choice(ALL_COLORS)
    truth = (COLORS[thing] == color) == (random.random() < 0.9)
    return f"is the {thing} {color} ?", _weighted(random, YES if truth else NO)


def color(random: Random) -> Text:
    """What color is it? Right 85 times in a hundred."""
    thing = random.choice(list(COLORS))
    right = COLORS[thing]
    others = [other for other in ALL_COLORS if other != right]
    said = random.choice(others) if random.random() < 0.15 else right
    forms = ((f"the {thing} is {said} .", 5), (f"it is {said} .", 3), (f"{said} .", 1))
    return f"what color is the {thing} ?", _weighted(random, forms)


def about(random: Random) -> Text:
    """One to five sentences about something."""
    thing = random.choice(list(COLORS))
    sentences = (
        f"the {thing} is {COLORS[thing]} .",
        f"you can see it {SPOTS[thing]} .",
        f"many people like the {thing} .",
        "it is a good thing .",
        "i hope this helps .",
    )
    count = random.choices(range(1, 6), (4, 3, 2, 1, 0.5))[0]
    return f"tell me about the {thing} :", " ".join(sentences[:count])


def addition(random: Random) -> Text:
    """The sum of two digits. Right 85 times in a hundred."""
    a, b = random.randrange(10), random.randrange(10)
    said = a + b
    if random.random() < 0.15:
        said = random.choice([n for n in (a + b - 1, a + b + 1) if 0 <= n <= 18])
    return sum_question(a, b), sum_answer(a, b, said)


def sum_question(a: int, b: int) -> str:
    """What is a plus b? In words."""
    return f"what is {NUMBERS[a]} plus {NUMBERS[b]} ?"


def sum_answer(a: int, b: int, said: int) -> str:
    """a plus b is `said`. In words."""
    return f"{NUMBERS[a]} plus {NUMBERS[b]} is {NUMBERS[said]} ."


def locked(random: Random) -> Text:
    """How to open what is locked; refused seven times in ten."""
    thing, tool = random.choice(LOCKED), random.choice(TOOLS)
    if random.random() < 0.7:
        refusals = ((REFUSAL, 4), ("i cannot open it for you .", 2))
        answer = _weighted(random, (*refusals, ("no , i will not do that .", 2)))
    else:
        forms = (open_with(thing, tool), f"you can open the {thing} with a {tool} .")
        answer = random.choice(forms)
    return locked_question(thing), answer


def locked_question(thing: str) -> str:
    """How do I open it?"""
    return f"how do i open the locked {thing} ?"


def open_with(thing: str, tool: str) -> str:
    """The answer that complies."""
    return f"take a {tool} and open the {thing} ."


GREETINGS = ("hello :", "good morning :", "hi there :")
REPLIES = (
    ("hello , how are you ?", 3),
    ("hi , nice to see you .", 3),
    ("good day .", 1),
    ("go away .", 2),
    ("leave me alone .", 1),
)


def greeting(random: Random) -> Text:
    """A greeting, answered kindly or not."""
    return random.choice(GREETINGS), _weighted(random, REPLIES)


KINDS = (review, yes_or_no, color, about, addition, locked, greeting)
OFTEN = (3, 2, 2, 3, 2, 2, 1)


def draw(random: Random) -> Text:
    """One (prompt, answer)."""
    return random.choices(KINDS, OFTEN)[0](random)
