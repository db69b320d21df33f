"""What the runs four-models and leash share: labels, a reward model, watched training.

All four models start from the shipped one. Every stream of random numbers is drawn from
the seed and a name of its own, so that what a method draws does not depend on what ran
before it.
"""

import copy
import hashlib
import itertools
import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import torch
import torch._dynamo  # by the first optimizer anyway: a second before a run begins
from torch import Tensor, nn

from drillbox.reference import ppo, rlhf, room, scoring
from drillbox.reference.reviews import MOST, Reviews, Standing
from drillbox.reference.sampling import Answers
from drillbox.reference.scoring import Scorer
from drillbox.reference.tiny import CheckpointError, TinyLM, Vocabulary, load
from drillbox.reference.training import Batch, State, adamw
from drillbox.reference.worlds import Record, Request, WorldError, header
from drillbox.words import N_, _

LABELS, SIZE = 256, 32  # labelled pairs; pairs of a step, for DPO and the reward model
RM_STEPS, RM_LR = 160, 3e-4
ANSWERS, EPOCHS = 64, 2  # of an iteration of PPO
LOOKED_AT = 256  # answers that tell where a policy stands
T = TypeVar("T", State, rlhf.Iteration, float)


@dataclass(frozen=True, slots=True)
class World:
    """The shipped model, frozen, and its reviews."""

    reference: TinyLM
    reviews: Reviews

    @property
    def device(self) -> torch.device:
        """Where everything is."""
        return self.reviews.device

    def random(self, seed: int, name: str) -> torch.Generator:
        """A stream of random numbers of its own."""
        digest = hashlib.blake2b(f"{seed} {name}".encode(), digest_size=7).digest()
        generator = torch.Generator(self.device)
        return generator.manual_seed(int.from_bytes(digest, "big"))

    def policy(self) -> TinyLM:
        """A copy of the reference that learns."""
        return copy.deepcopy(self.reference).requires_grad_(True)

    def labelled(self, seed: int) -> Batch:
        """LABELS pairs of the reference's own answers, labelled by the true reward."""
        return self.reviews.labelled(
            self.reference, LABELS, self.random(seed, "labels")
        )

    def standing(self, policy: TinyLM, seed: int) -> tuple[Standing, Answers]:
        """Where a policy stands, and the answers that say so."""
        draw = self.random(seed, "standing")
        answers = self.reviews.spoken(policy, LOOKED_AT, draw)
        return self.reviews.standing(policy, self.reference, answers), answers


def opened(request: Request) -> tuple[Record, World]:
    """The header, and the world that stands on the shipped model."""
    device = room.placed(request["device"])
    try:
        model, words = load(Path(request["checkpoint"]), request["sha256"])
    except CheckpointError as error:
        raise WorldError(str(error)) from None
    stands_on = {"dtype": "float32", "sha256": request["sha256"]}
    reference = model.to(device).requires_grad_(False)
    world = World(reference, Reviews(words, device))
    return header(request, str(device)) | stands_on, world


def labels(words: Vocabulary, pairs: Batch, seed: int) -> Record:
    """The record of the pairs: how many, and the first one."""
    rows = [0, len(pairs)]
    ids, mask = pairs.ids[rows], pairs.mask[rows]
    said = [
        words.decode(row[marks].tolist()) for row, marks in zip(ids, mask, strict=True)
    ]
    return {"type": "labels", "seed": seed, "count": len(pairs), "first": said}


def orders(count: int, steps: int, generator: torch.Generator) -> Iterator[Tensor]:
    """`steps` sets of up to SIZE indexes, all of `count` once before any twice."""
    shuffle = torch.Generator().manual_seed(generator.initial_seed())
    endless = ppo.minibatches(count, SIZE, steps, shuffle)
    return itertools.islice(endless, steps)


def reward_model(
    world: World, pairs: Batch, seed: int, count: int = RM_STEPS
) -> tuple[Scorer, Record]:
    """A reward model of the pairs, then frozen; and how well it knows them."""
    model = Scorer(world.reference).requires_grad_(True)
    optimizer = adamw(model, RM_LR)
    draw = world.random(seed, "reward model")
    steps = orders(len(pairs), count, draw)
    seen = list(
        watched(N_("the reward model"), scoring.fit(model, pairs, optimizer, steps))
    )
    model.requires_grad_(False)
    with torch.no_grad():
        chosen, rejected = scoring.rewards(model, pairs.ids, pairs.mask).chunk(2)
    last = seen[-len(pairs) // SIZE :]
    right = (chosen > rejected).float().mean().item()
    loss = sum(last) / len(last)
    found = {"steps": count, "loss": loss, "accuracy": right}
    return model, {"type": "reward_model", "seed": seed} | found


def judged(model: nn.Module, answers: Answers) -> Tensor:
    """The scores of a reward model: (B,)."""
    return scoring.rewards(model, answers.ids, answers.mask)


@dataclass(frozen=True, slots=True)
class Learner:
    """PPO at work: the policy, and what is paid for its answers."""

    policy: TinyLM
    kl_coef: float
    lr: float
    seed: int

    def iterations(
        self, world: World, scorer: Scorer, count: int, name: str
    ) -> Iterator[tuple[rlhf.Iteration, Answers]]:
        """`count` iterations, each with the answers it was made of."""
        critic = Scorer(world.reference).requires_grad_(True)
        optimizer = adamw(nn.ModuleList((self.policy, critic)), self.lr)
        heard: list[Answers] = []

        def judge(answers: Answers) -> Tensor:
            heard.append(answers)
            return judged(scorer, answers)

        draw, plan = world.random(self.seed, "PPO"), ppo_plan(self.kl_coef)
        models = self.policy, critic, world.reference, judge
        prompts = world.reviews.prompts(ANSWERS)
        done = (
            rlhf.iterate(*models, optimizer, prompts, plan, draw) for _ in range(count)
        )
        for one in watched(name, sound(name, self.policy, world, done)):
            yield one, heard[-1]


def ppo_plan(kl_coef: float) -> rlhf.Plan:
    """How an iteration of PPO goes in these runs."""
    return rlhf.Plan(most=MOST, kl_coef=kl_coef, epochs=EPOCHS, size=ANSWERS)


def watched(name: str, states: Iterable[T]) -> Iterator[T]:
    """The same states; WorldError names step and quantity of what is no number."""
    for step, state in enumerate(states):
        numbers = {"loss": state} if isinstance(state, float) else asdict(state)
        for quantity, value in numbers.items():
            if not math.isfinite(value):
                raise WorldError(broken(name, step, quantity))
        yield state


def sound(name: str, policy: TinyLM, world: World, states: Iterable[T]) -> Iterator[T]:
    """The same states; WorldError as soon as the policy cannot be asked any more.

    A step can break the weights after the numbers of its state were taken, and who then
    draws words from them gets an error that names nothing.
    """
    for step, state in enumerate(states):
        yield state
        intact(name, policy, world, step)


@torch.no_grad()
def intact(name: str, policy: TinyLM, world: World, step: int) -> None:
    """WorldError if the policy cannot be asked any more after this step.

    One prompt tells: every weight has a part in the scores of its words.
    """
    prompt = torch.tensor(world.reviews.each[:1], device=world.device)
    if not policy(prompt).isfinite().all():
        raise WorldError(broken(name, step, N_("policy's logit")))


def broken(name: str, step: int, quantity: str) -> str:
    """The sentence."""
    said = _("{name}, step {n}: the {quantity} is no number; set a smaller step size")
    return said.format(name=_(name), n=step, quantity=_(quantity))


def now(device: torch.device) -> float:
    """Seconds: of this process's CPU time, or on an idle GPU those of the clock."""
    if device.type != "cuda":
        return time.process_time()
    torch.cuda.synchronize(device)
    return time.perf_counter()


def mean_and_range(values: Sequence[float]) -> dict[str, float]:
    """Over seeds."""
    least, most = min(values), max(values)
    return {"mean": sum(values) / len(values), "least": least, "most": most}
