"""What `drillbox new` writes. @NAME@, @TITLE@ and the like are filled in."""

from collections.abc import Mapping

COURSE = """\
# The head of a course. Lines that begin with # are for you; delete them.
id: @NAME@                      # for ever: learners' answers hang on it
title: @TITLE@
goal: One sentence that says what a learner can do at the end.
level: Beginner
category: technology
days: 1                         # as many as there are drops
minutes: [5, 8]                 # the shortest and the longest day
phases:                         # the parts of the path; drops name them by number
  - title: The first part
    outcome: What a learner can do after it
"""

MISCONCEPTIONS = """\
# What people believe, and what is true. Wrong answers on cards, and wrong solutions of
# exercises, name one of these; its cards come back to whoever holds it.
- id: @MISCONCEPTION@
  sentence: A sum over a batch and its mean are the same but for a detail.
  truth: >-
    The sum grows with the batch, and every step with it. With the mean, a constant that
    was right for one batch size stays right for another.
  cards: [@CARD@]
"""

DROP = """\
# One sitting. The first three cards are its core: they are asked on its day.
id: @NAME@
drop: @NUMBER@
phase: @PHASE@
minutes: 5
title: @TITLE@
does: read, three cards         # what a learner does, in a few words
reading: |
  Write what is needed for the cards, and no more: half a screen. Formulas stand between
  dollars: the mean of $B$ numbers is $\\frac{1}{B} \\sum_i x_i$.
# exercises: [an-exercise]      # the ids of code exercises that belong here
cards:
"""

CARDS: Mapping[str, str] = {
    "choice": """\
  - id: @NAME@                  # for ever: the text may change, the history stays
    kind: choice
    prompt: 'A batch is doubled by repeating it. What happens to its mean?'
    hint: 'Count how often each number stands above the line and below it.'
    options:
      - text: 'it stays'
        right: true
      - text: 'it doubles'
        why: 'The sum doubles, and so does the number of entries.'
@WRONG@
      - text: 'it halves'
        why: 'Only the number of entries would have to double for that.'
    explain: 'Sum and number of entries double together, so the mean stays.'
    source: 'derived here: by hand'
""",
    "numeric": """\
  - id: @NAME@
    kind: numeric
    prompt: 'A batch of {{n}} numbers has the mean {{m}}. What is its sum?'
    vars:                       # drawn anew for every review
      n: [2, 4, 8]
      m: {low: 1.5, high: 4, step: 0.5}
    answer: 'n * m'
    wrong:                      # formulas that people use instead
      - formula: 'm / n'
        why: 'That is the way from the sum to the mean.'
    explain: 'The mean is the sum divided by the number of entries.'
    source: 'derived here: by hand'
""",
    "formula": """\
  - id: @NAME@
    kind: formula
    prompt: 'Write the mean of three numbers.'
    names: {a: the first number, b: the second, c: the third}
    answer: '(a + b + c) / 3'
    wrong:
      - formula: 'a + b + c'
        why: 'That is the sum.'
    explain: 'Add them and divide by how many there are.'
    source: 'derived here: by hand'
""",
    "cloze": """\
  - id: @NAME@
    kind: cloze
    prompt: 'A sum divided by the number of entries is their [[word]].'
    blanks:
      word:
        answer: mean
        accept: [average, arithmetic mean]
        wrong:
          - text: median
            why: 'The median is the entry in the middle.'
    explain: 'The mean does not grow with the number of entries.'
    source: 'derived here: by hand'
""",
    "order": """\
  - id: @NAME@
    kind: order
    prompt: 'Bring the steps to a mean squared error into their order.'
    steps:                      # in the right order; they are shuffled when asked
      - text: 'subtract what was wanted'
        why: 'The error of each entry comes first.'
      - text: 'square'
        why: 'Only now can errors of both signs not cancel.'
      - text: 'take the mean'
        why: 'It is over the squares.'
    explain: 'Error, square, mean: the name read from behind.'
    source: 'derived here: by hand'
""",
    "direction": """\
  - id: @NAME@
    kind: direction
    prompt: 'A batch is doubled by repeating it. Which way does each go?'
    quantities:
      - text: 'its mean'
        answer: same
        why: 'Sum and number of entries double together.'
      - text: 'the size of its sum'
        answer: up
        why: 'Each entry counts twice.'
    explain: 'Only the sum knows how large the batch is.'
    source: 'derived here: by hand'
""",
    "spot": """\
  - id: @NAME@
    kind: spot
    prompt: 'This should be the mean squared error. Which line is wrong?'
    code: |
      error = predicted - wanted
      square = error * 2
      return square.mean()
    line: 2
    fix: 'square = error * error'
    run:                        # lint runs the code and its repaired twin: they differ
      inputs: {predicted: 'torch.tensor([1.0, 2.0])', wanted: 'torch.zeros(2)'}
    explain: 'Twice the error is not its square; it can be below zero.'
    source: 'derived here: by hand'
""",
    "recall": """\
  - id: @NAME@
    kind: recall
    prompt: 'Why is a loss usually a mean over the batch and not a sum?'
    answer: 'So that the step does not grow with the number of entries.'
    rubric:                     # what a good answer says; learners compare with it
      - 'The sum grows with the batch.'
      - 'A learning rate for the mean fits other batch sizes too.'
    explain: 'With the mean, the batch size changes the noise of a step, not its size.'
    source: 'derived here: by hand'
""",
}

EXERCISE = """\
id: @NAME@                      # the folder's name
course: @COURSE@
drop: @NUMBER@                         # the drop that treats it
title: @TITLE@
function: @FUNCTION@
signature: @FUNCTION@(predicted, wanted)
arguments: tensors              # or arrays, for numpy
imports: [torch, numpy]         # what learners may import
returns: {loss: tensor}         # or array, int, float, bool, none; {tuple: {a: int, …}}
gradients: [predicted]          # by these the loss is differentiated
minutes: 5
task: |
  Write the mean squared error of a batch.

  `predicted` and `wanted` are torch tensors of shape `(B,)`, B ≥ 1.

  Return the mean over the batch of the squared differences: a 0-d tensor in the dtype
  of the inputs.

  What is checked: the value and its gradient by `predicted`, on batches of 1 to 8
  entries; one batch in float32. Leave the arguments as they are.
hints:                          # three, from the idea to the line, never the whole line
  - An error counts whether it is above or below, so its sign has to go.
  - Square the differences first; the mean comes last.
  - A difference of tensors has `.square()`, and what that gives has `.mean()`.
"""

STARTER = '''\
import torch


def @FUNCTION@(predicted, wanted):
    """The mean squared error of a batch: a 0-d tensor in the dtype of the inputs.

    predicted, wanted: (B,).
    """
    raise NotImplementedError("write the loss here")
'''

REFERENCE = '''\
"""@TITLE@; the cases are drawn for every submission."""

import numpy as np
import torch


def @FUNCTION@(predicted: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """The mean of (predicted − wanted)² over the batch. Say where it comes from."""
    return (predicted - wanted).square().mean()


def cases(rng):
    """Each case: its name, and the arguments in the order of the call.

    Draw with `rng`, right before the case. Every wrong solution must fail one of them.
    """
    yield "1 entry", batch(rng, 1)
    yield "3 entries", batch(rng, 3)
    yield "8 entries", batch(rng, 8)
    low = {name: value.astype(np.float32) for name, value in batch(rng, 4).items()}
    yield "4 entries in float32", low


def batch(rng, size):
    """Numbers of the size that is usual here."""
    predicted, wanted = rng.normal(0.0, 2.0, (2, size))
    return {"predicted": predicted, "wanted": wanted}
'''

WRONG = """\
# id: sum-for-mean
# message: The squares are summed over the batch where their mean is asked for.
# idea: People leave the size of the batch to the learning rate. With the sum, a step
#   grows with the number of entries, and so does every constant beside it.
# misconception: @MISCONCEPTION@
def @FUNCTION@(predicted, wanted):
    return (predicted - wanted).square().sum()
"""

EQUIVALENT = """\
import torch


def @FUNCTION@(predicted, wanted):
    error = predicted - wanted
    return torch.dot(error, error) / len(error)
"""


def filled(text: str, **words: object) -> str:
    """The text with every @WORD@ replaced."""
    for name, word in words.items():
        text = text.replace(f"@{name.upper()}@", str(word))
    return text
