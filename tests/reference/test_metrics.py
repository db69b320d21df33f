"""Accuracies, margins, distances, the choice of β."""

import itertools

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from drillbox.reference import metrics
from drillbox.reference.divergence import kl
from drillbox.reference.logprobs import sequence_logprobs
from drillbox.reference.tiny import Shape, TinyLM


def tensor(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def test_the_two_accuracies_answer_different_questions_and_a_tie_is_not_won() -> None:
    policy = tensor(-10, -10, -3, -8), tensor(-12, -9, -3, -6)
    ref = tensor(-9, -13, -4, -8), tensor(-12, -9, -4, -8)
    found = metrics.pair_metrics(*policy, *ref, 0.5)
    # Log-ratios: −1 against 0, 3 against 0, 1 against 1, 0 against 2
    assert [one.item() for one in found] == pytest.approx([0.0, 0.25, 0.25])
    assert all(one.shape == () and one.dtype == torch.float64 for one in found)


def test_where_policy_and_reference_agree_no_pair_is_won() -> None:
    chosen, rejected = tensor(-3.1, -7.7, -2.2), tensor(-9.3, -1.3, -2.4)
    found = metrics.pair_metrics(chosen, rejected, chosen, rejected, 0.3)
    assert [one.item() for one in found] == pytest.approx([0, 0, 2 / 3])


END, LENGTH = 0, 3


def model(seed: int) -> TinyLM:
    torch.manual_seed(seed)
    made = TinyLM(Shape(words=4, width=8, layers=1, heads=2, length=8)).double()
    with torch.no_grad():
        for parameter in made.parameters():
            parameter.mul_(8)
    return made


def answers() -> torch.Tensor:
    """Every answer of up to three of four tokens, its end with it, END behind that."""
    every = []
    for row in itertools.product(range(4), repeat=LENGTH):
        stop = row.index(END) if END in row else LENGTH
        if not any(row[stop:]):
            every.append(row)
    return torch.tensor(every)


def scored(one: TinyLM, prompt: torch.Tensor) -> torch.Tensor:
    rows = answers()
    ids = torch.cat((prompt.expand(len(rows), -1), rows), 1)
    ended = (rows == END).cumsum(1)
    real = (ended == 0) | ((ended == 1) & (rows == END))
    mask = torch.cat((torch.zeros(len(rows), len(prompt)).bool(), real), 1)
    with torch.no_grad():
        return sequence_logprobs(one(ids), ids, mask)


def test_the_exact_kl_is_that_over_the_list_of_every_answer() -> None:
    policy, reference, prompt = model(1), model(2), torch.tensor([3, 1])
    logp, logq = scored(policy, prompt), scored(reference, prompt)
    assert logp.exp().sum().item() == pytest.approx(1)
    found = metrics.kl_exact(policy, reference, prompt, LENGTH, END)
    assert found.item() == pytest.approx(kl(logp, logq).item(), rel=1e-12)
    assert found.item() > 0.1
    assert metrics.kl_exact(policy, policy, prompt, LENGTH, END).item() == 0


def test_samples_of_the_policy_come_close_within_their_error() -> None:
    policy, reference, prompt = model(1), model(2), torch.tensor([3, 1])
    logp, logq = scored(policy, prompt), scored(reference, prompt)
    random = torch.Generator().manual_seed(0)
    drawn = torch.multinomial(logp.exp(), 4000, replacement=True, generator=random)
    found, error = metrics.kl_sampled(logp[drawn], logq[drawn])
    assert abs(found - kl(logp, logq)) < 4 * error
    assert 0 < error < 0.1 * found


def test_too_many_prefixes_are_refused() -> None:
    def flat(ids: torch.Tensor) -> torch.Tensor:
        return torch.zeros(*ids.shape, 400)

    with pytest.raises(ValueError, match="estimate the KL by sampling"):
        metrics.kl_exact(flat, flat, torch.tensor([1]), 2, END)


values = st.sampled_from([0.5, 1.0, 2.0])
sweeps = st.lists(st.tuples(values, values, values), max_size=6)


@given(sweeps, values)
@settings(deadline=None)
def test_no_other_affordable_run_is_better(
    rows: list[tuple[float, float, float]], budget: float
) -> None:
    runs = [{"beta": b, "kl": k, "reward": r} for b, k, r in rows]
    ranks = [(r, -k, b) for b, k, r in rows if k <= budget]
    want = max(ranks)[2] if ranks else None
    for order in itertools.islice(itertools.permutations(runs), 24):
        assert metrics.choose_beta(order, budget) == want
