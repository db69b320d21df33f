"""What PPO and DPO hold and how long a pass takes them, measured: for four-models.

A pass is once over all labels: the reward model's steps, as many answers of PPO, or the
steps of DPO. Weights, gradients and optimizer are counted; activations, the cache of
the sampler and what the allocator keeps are not, but for the peak on a GPU.
"""

import copy
import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn

from drillbox.reference import memory, rlhf, scoring, training
from drillbox.reference.scoring import Scorer
from drillbox.reference.tiny import Shape, TinyLM
from drillbox.reference.training import Batch, adamw, reference_logprobs
from drillbox.reference.worlds import Record, WorldError
from drillbox.reference.worlds_reviews import (
    ANSWERS,
    SIZE,
    World,
    judged,
    now,
    orders,
    ppo_plan,
)
from drillbox.words import _

HEADS = 4
BILLIONS = (7, 70)
LR, BETA, KL_COEF = 1e-4, 1.0, 0.1
METHODS = {"PPO": (2, 2), "DPO": (1, 1), "DPO with cached reference": (1, 0)}


@dataclass(frozen=True, slots=True)
class At:
    """Where the bill is made. start: of all models; cached: log ref of all pairs."""

    world: World
    start: TinyLM
    pairs: Batch
    seed: int
    cached: tuple[Tensor, Tensor]

    def orders(self) -> Iterator[Tensor]:
        """One pass over the pairs."""
        count = len(self.pairs)
        return orders(count, count // SIZE, self.world.random(self.seed, "bill"))


@dataclass(frozen=True, slots=True)
class Kept:
    """What a method holds after its pass. learning: the models of the optimizer."""

    learning: dict[str, nn.Module]
    frozen: dict[str, nn.Module]
    optimizer: torch.optim.Optimizer


def bills(world: World, pairs: Batch, width: int, seed: int) -> Iterator[Record]:
    """memory, bill and time of every method; then the account of larger models."""
    needed = check(world, width)
    with told_when_full(world.device, width, needed):
        start = built(world, width, seed)
        warm_up(start, pairs)
        began = now(world.device)
        cached = reference_logprobs(start, pairs)
        yield timed("caching the log-probs of the reference", world.device, began)
        at = At(world, start, pairs, seed, cached)
        for name, one_pass in PASSES.items():
            yield from bill(at, name, one_pass)
    for billions in BILLIONS:
        yield account(billions)


def shape_of(world: World, width: int) -> Shape:
    """The shipped model's, with another width."""
    one = world.reference.shape
    return Shape(one.words, width, one.layers, one.heads, one.length)


def check(world: World, width: int) -> int:
    """Bytes that PPO will hold; WorldError if it cannot be, before anything is made."""
    if width % HEADS:
        said = _("width is {n}; write a multiple of {heads}")
        raise WorldError(said.format(n=width, heads=HEADS))
    with torch.device("meta"):
        count = parameters(TinyLM(shape_of(world, width)))
    needed = memory.model_bytes(*METHODS["PPO"], count, "fp32")
    there = free(world.device)
    if needed > there:
        raise WorldError(full(world.device, width, needed, there))
    return needed


def free(device: torch.device) -> int:
    """Bytes: those of a GPU that are free, or all of this machine."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def full(device: torch.device, width: int, needed: int, there: int) -> str:
    """The sentence."""
    said = _(
        "PPO with models of width {n} asks for {asked:.1f} GB and their activations; "
        "{device} has {there:.1f} GB; set a smaller width"
    )
    asked, left = needed / 1e9, there / 1e9
    return said.format(n=width, asked=asked, device=device, there=left)


@contextmanager
def told_when_full(device: torch.device, width: int, needed: int) -> Iterator[None]:
    """WorldError instead of an allocator's error."""
    try:
        yield
    except RuntimeError as error:
        known = "allocate memory" in str(error) or "not enough memory" in str(error)
        if not (known or isinstance(error, torch.OutOfMemoryError)):
            raise
        raise WorldError(full(device, width, needed, free(device))) from None


def built(world: World, width: int, seed: int) -> TinyLM:
    """The shipped model, or one of another width with weights at random; frozen."""
    if width == world.reference.shape.width:
        return copy.deepcopy(world.reference)
    torch.manual_seed(seed)
    model = TinyLM(shape_of(world, width))
    return model.to(world.device).requires_grad_(False)


def parameters(model: nn.Module) -> int:
    """How many."""
    return sum(one.numel() for one in model.parameters())


def learner(start: TinyLM) -> TinyLM:
    """A copy that learns."""
    return copy.deepcopy(start).requires_grad_(True)


def timed(name: str, device: torch.device, began: float) -> Record:
    """The seconds since then."""
    return {"type": "time", "method": name, "seconds": now(device) - began}


def warm_up(start: TinyLM, pairs: Batch) -> None:
    """A step that counts for nothing: the first one loads code."""
    policy = learner(start)
    few = pairs.pick(torch.arange(2))
    constants = reference_logprobs(start, few)
    training.step(policy, constants, few, adamw(policy, LR), BETA)


def bill(at: At, name: str, one_pass: Callable[[At], Kept]) -> Iterator[Record]:
    """Run a pass; what is held after it, and the seconds it took."""
    device = at.world.device
    before = allocated(device)
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)
    began = now(device)
    kept = one_pass(at)
    passed = timed(f"{name}: one pass", device, began)
    counted = 0
    for trains, models in ((True, kept.learning), (False, kept.frozen)):
        for model, module in models.items():
            found = memory.held(module, kept.optimizer if trains else None)
            counted += found.total
            about = {"method": name, "model": model, "trained": trains}
            size = {"parameters": parameters(module), **asdict(found)}
            yield {"type": "memory", **about, **size}
    yield {"type": "bill", "method": name} | total(at, name, counted, before)
    yield passed


def total(at: At, name: str, counted: int, before: int) -> Record:
    """All models of a method beside the formula. peak: at most, known on a GPU."""
    device, count = at.world.device, parameters(at.start)
    formula = memory.model_bytes(*METHODS[name], count, "fp32")
    cuda = device.type == "cuda"
    measured = allocated(device) - before if cuda else counted
    peak = torch.cuda.max_memory_allocated(device) - before if cuda else None
    return {
        "width": at.start.shape.width,
        "parameters": count,
        "bytes": measured,
        "counted": counted,
        "formula": formula,
        "off": measured / formula - 1,
        "peak": peak,
    }


def allocated(device: torch.device) -> int:
    """Bytes of live tensors on a GPU; 0 elsewhere."""
    if device.type != "cuda":
        return 0
    gc.collect()
    torch.cuda.synchronize(device)
    return torch.cuda.memory_allocated(device)


def ppo_pass(at: At) -> Kept:
    """A pass of the reward model, then as many answers of PPO as there are labels."""
    world, reference = at.world, copy.deepcopy(at.start)
    scorer = Scorer(at.start).requires_grad_(True)
    list(scoring.fit(scorer, at.pairs, adamw(scorer, LR), at.orders()))
    scorer.requires_grad_(False).zero_grad(set_to_none=True)
    policy, critic = learner(at.start), Scorer(at.start).requires_grad_(True)
    optimizer = adamw(nn.ModuleList((policy, critic)), LR)
    prompts, plan = world.reviews.prompts(ANSWERS), ppo_plan(KL_COEF)
    draw, judge = world.random(at.seed, "bill"), lambda said: judged(scorer, said)
    for _batch in range(len(at.pairs) // ANSWERS):
        models = policy, critic, reference, judge
        rlhf.iterate(*models, optimizer, prompts, plan, draw)
    learning: dict[str, nn.Module] = {"policy": policy, "critic": critic}
    return Kept(learning, {"reference": reference, "reward model": scorer}, optimizer)


def dpo_pass(at: At) -> Kept:
    """A pass of DPO that asks the reference at every step."""
    policy, reference = learner(at.start), copy.deepcopy(at.start)
    optimizer = adamw(policy, LR)
    for which in at.orders():
        part = at.pairs.pick(which).trimmed()
        constants = reference_logprobs(reference, part)
        training.step(policy, constants, part, optimizer, BETA)
    return Kept({"policy": policy}, {"reference": reference}, optimizer)


def cached_pass(at: At) -> Kept:
    """A pass of DPO on log-probs of the reference that were worked out before."""
    policy = learner(at.start)
    optimizer = adamw(policy, LR)
    steps = training.dpo(policy, at.cached, at.pairs, optimizer, BETA, at.orders())
    list(steps)
    return Kept({"policy": policy}, {}, optimizer)


PASSES = {"PPO": ppo_pass, "DPO": dpo_pass, "DPO with cached reference": cached_pass}


def account(billions: int) -> Record:
    """GB (10⁹ bytes) in bf16 with fp32 moments, of models of so many parameters."""
    count = billions * 10**9
    gigabytes = {
        "ppo": memory.memory_bytes(count, "ppo", False),
        "dpo": memory.memory_bytes(count, "dpo", False),
        "dpo_cached": memory.memory_bytes(count, "dpo", True),
    }
    found = {name: amount / 1e9 for name, amount in gigabytes.items()}
    return {"type": "account", "billions": billions, **found}
