"""Reviews as a world with a true reward: what is said, what it is worth, how it moved.

The tiny model is asked for a review of each thing. The true reward of a review is its
good words less its bad ones, if its text is one of the forms that the corpus has, and 0
for any other text: counting words in broken text would pay for the breaking (Skalse et
al. 2022, arXiv:2209.13085, on rewards that can be hacked).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from drillbox.reference import corpus
from drillbox.reference.online import Prefer, drawn_pairs, joined
from drillbox.reference.sampling import Answers, sample
from drillbox.reference.tiny import END, SEP, TinyLM, Vocabulary
from drillbox.reference.training import Batch

MOST = 20  # words of an answer, its end among them; the longest form has 11
_WORK = "(?:" + "|".join(corpus.WORKS) + ")"
_SAID = "(?:" + "|".join((*corpus.GOOD, *corpus.BAD)) + ")"
_VERB = r"(?: i (?:liked|hated) it \.)"
FORM = re.compile(
    rf"the {_WORK} was {_SAID} \.{_VERB}?"
    rf"|i think the {_WORK} was {_SAID} and {_SAID} \."
    rf"|it was {_SAID} and {_SAID} \.{_VERB}"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a policy stands: means over answers of its own.

    kl: KL(π‖ref) of an answer, nats. reward: the true one. words: good words less bad
    ones in any text. grammatical: the share of texts that have a form.
    """

    kl: float
    reward: float
    words: float
    grammatical: float


class Reviews:
    """The prompts, and what answers to them are worth."""

    def __init__(self, vocabulary: Vocabulary, device: torch.device) -> None:
        self.vocabulary, self.device = vocabulary, device
        texts = [f"review the {work} :" for work in corpus.WORKS]
        self.each = [[*vocabulary.encode(text), SEP] for text in texts]
        worth = dict.fromkeys((*corpus.GOOD, "liked"), 1.0)
        worth |= dict.fromkeys((*corpus.BAD, "hated"), -1.0)
        values = [worth.get(word, 0.0) for word in vocabulary.words]
        self.values = torch.tensor(values, device=device)

    def prompts(self, count: int) -> list[list[int]]:
        """So many prompts: each thing in turn."""
        return [self.each[at % len(self.each)] for at in range(count)]

    def words(self, answers: Answers) -> Tensor:
        """Good words less bad ones: (B,)."""
        return self.values[answers.ids].masked_fill(~answers.mask, 0.0).sum(1)

    def grammatical(self, answers: Answers) -> Tensor:
        """Has the text a form of the corpus, with an end? (B,) of truth values."""
        rows = zip(answers.ids.tolist(), answers.mask.tolist(), strict=True)
        found = [
            self._formed([i for i, m in zip(*row, strict=True) if m]) for row in rows
        ]
        return torch.tensor(found, device=self.device)

    def _formed(self, ids: Sequence[int]) -> bool:
        if not ids or ids[-1] != END:
            return False
        text = " ".join(self.vocabulary.words[i] for i in ids[:-1])
        return FORM.fullmatch(text) is not None

    def reward(self, answers: Answers) -> Tensor:
        """The true reward: (B,)."""
        return self.words(answers) * self.grammatical(answers)

    def prefer(self, generator: torch.Generator) -> Prefer:
        """Labels by Bradley and Terry: the first wins with σ(r₁ − r₂)."""

        def won(first: Answers, second: Answers) -> Tensor:
            chance = torch.sigmoid(self.reward(first) - self.reward(second))
            draws = torch.rand(chance.shape, generator=generator, device=self.device)
            return draws < chance

        return won

    def labelled(self, model: TinyLM, count: int, generator: torch.Generator) -> Batch:
        """`count` pairs of different answers of the model, labelled once each."""
        prefer, parts, found = self.prefer(generator), [], 0
        while found < count:
            pairs = drawn_pairs(model, self.prompts(count), MOST, prefer, generator)
            chosen, rejected = pairs.ids.chunk(2)
            apart = (chosen != rejected).any(1).nonzero()[:, 0]
            parts.append(pairs.pick(apart[: count - found]))
            found += len(parts[-1])
        return joined(parts).trimmed()

    def spoken(self, policy: TinyLM, count: int, generator: torch.Generator) -> Answers:
        """`count` answers of the policy."""
        return sample(policy, self.prompts(count), MOST, generator)

    @torch.no_grad()
    def standing(self, policy: TinyLM, reference: TinyLM, answers: Answers) -> Standing:
        """Where the policy stands that spoke these answers; the KL by the chain rule.

        At each word the KL over the next one is exact; only the words are drawn.
        """
        ours, theirs = (
            model(answers.ids)[:, :-1].log_softmax(-1) for model in (policy, reference)
        )
        each = (ours.exp() * (ours - theirs)).sum(-1)
        kl = each.masked_fill(~answers.mask[:, 1:], 0.0).sum(1)
        words, formed = self.words(answers), self.grammatical(answers).float()
        found = (kl, words * formed, words, formed)
        return Standing(*(one.mean().item() for one in found))
