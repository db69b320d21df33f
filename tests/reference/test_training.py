"""DPO steps on a model of a few hundred parameters."""

import copy

import pytest
import torch

from drillbox.reference import gradients, losses, training
from drillbox.reference.logprobs import sequence_logprobs
from drillbox.reference.tiny import Shape, TinyLM

BETA = 0.5


@pytest.fixture
def model() -> TinyLM:
    torch.manual_seed(4)
    shape = Shape(words=9, width=8, layers=1, heads=2, length=8)
    return TinyLM(shape).double()


def pairs(count: int) -> training.Batch:
    generator = torch.Generator().manual_seed(count)
    ids = torch.randint(3, 9, (2 * count, 6), generator=generator)
    mask = torch.tensor([False, False, True, True, True, True]).repeat(2 * count, 1)
    return training.Batch(ids, mask)


def test_the_gram_matrix_is_symmetric_and_its_margin_never_shrinks(
    model: TinyLM,
) -> None:
    found = training.gram(model, pairs(1))
    assert found.shape == (2, 2) and torch.allclose(found, found.T)
    assert (found[0, 0] - 2 * found[0, 1] + found[1, 1]).item() > 0


def test_a_small_step_is_what_the_gram_matrix_predicts(model: TinyLM) -> None:
    pair, lr = pairs(1), 1e-4
    expected = gradients.first_order(
        training.gram(model, pair)[None], torch.zeros(1).double(), BETA, lr
    )[0]
    before, after = training.run(model, model, pair, BETA, lr, 1)
    assert after.logp_chosen - before.logp_chosen == pytest.approx(
        expected[0].item(), rel=1e-2
    )
    assert after.logp_rejected - before.logp_rejected == pytest.approx(
        expected[1].item(), rel=1e-2
    )


def test_a_run_leaves_its_start_and_its_reference_alone(model: TinyLM) -> None:
    kept = copy.deepcopy(model.state_dict())
    states = list(training.run(model, model, pairs(1), BETA, 0.1, 3))
    assert len(states) == 4 and states[-1].margin > states[0].margin == 0
    assert all(torch.equal(kept[k], v) for k, v in model.state_dict().items())
    assert all(parameter.grad is None for parameter in model.parameters())


def test_a_step_is_taken_on_the_mean_loss_and_old_gradients_do_not_count(
    model: TinyLM,
) -> None:
    batch, policy = pairs(3), copy.deepcopy(model)
    optimizer = torch.optim.SGD(policy.parameters(), lr=0.1)
    for parameter in policy.parameters():
        parameter.grad = torch.ones_like(parameter)
    constants = training.reference_logprobs(model, batch)
    loss = losses.dpo_loss(*batch.logprobs(model), *constants, BETA)
    slopes = torch.autograd.grad(loss, list(model.parameters()))
    state = training.step(policy, constants, batch, optimizer, BETA)
    assert state.loss == pytest.approx(loss.item())
    for new, old, slope in zip(
        policy.parameters(), model.parameters(), slopes, strict=True
    ):
        assert torch.allclose(new, old - 0.1 * slope, atol=1e-12)


def test_a_step_of_two_models_is_the_step_with_constants(model: TinyLM) -> None:
    batch, one, other = pairs(3), copy.deepcopy(model), copy.deepcopy(model)
    with torch.no_grad():
        for parameter in (*one.parameters(), *other.parameters()):
            parameter.mul_(1.2)
    constants = training.reference_logprobs(model, batch)
    optimizers = [torch.optim.SGD(m.parameters(), lr=0.1) for m in (one, other)]
    state = training.step(one, constants, batch, optimizers[0], BETA)
    halves = dict(
        zip(("chosen_ids", "rejected_ids"), batch.ids.chunk(2), strict=True),
        chosen_mask=batch.mask[:3],
        rejected_mask=batch.mask[3:],
    )
    for parameter in other.parameters():
        parameter.grad = torch.ones_like(parameter)
    loss = training.train_step(other, model, optimizers[1], halves, BETA)
    assert loss.shape == () and loss.item() == pytest.approx(state.loss)
    assert all(p.grad is None for p in model.parameters())
    for mine, theirs in zip(other.parameters(), one.parameters(), strict=True):
        assert torch.allclose(mine, theirs, atol=1e-12)


def test_the_warm_up_follows_its_seed_and_leaves_the_reference(model: TinyLM) -> None:
    def warmed(seed: int) -> list[torch.Tensor]:
        plan = training.WarmUp(steps=6, size=2, lr=1e-2, seed=seed)
        policy = training.warm(model, pairs(5), BETA, plan)
        return [p.detach() for p in policy.parameters()]

    first, second, other = warmed(0), warmed(0), warmed(1)
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))
    assert any(not torch.equal(a, b) for a, b in zip(first, other, strict=True))


def test_a_picked_pair_keeps_its_two_sides_together() -> None:
    batch = pairs(4)
    picked = batch.pick(torch.tensor([2, 0]))
    assert torch.equal(picked.ids, batch.ids[[2, 0, 6, 4]])
    assert len(picked) == 2


def test_the_loop_of_dpo_takes_the_steps_one_by_one(model: TinyLM) -> None:
    batch, one, other = pairs(4), copy.deepcopy(model), copy.deepcopy(model)
    constants = training.reference_logprobs(model, batch)
    orders = [torch.tensor([2, 0]), torch.tensor([1]), torch.tensor([0, 3, 1])]
    optimizers = [torch.optim.SGD(m.parameters(), lr=0.1) for m in (one, other)]
    loop = training.dpo(one, constants, batch, optimizers[0], BETA, orders)
    for which, state in zip(orders, loop, strict=True):
        part = constants[0][which], constants[1][which]
        alone = training.step(other, part, batch.pick(which), optimizers[1], BETA)
        assert state == alone


def test_fine_tuning_is_a_step_on_the_mean_over_the_marked_words(
    model: TinyLM,
) -> None:
    batch, policy = pairs(2), copy.deepcopy(model)
    mask = batch.mask.clone()
    mask[0, 4:] = False
    rows = torch.tensor([0, 2])
    scores = torch.log_softmax(model(batch.ids), -1)
    total, count = torch.zeros((), dtype=torch.float64), 0
    for row in rows.tolist():
        for t in range(1, 6):
            if mask[row, t]:
                total, count = total - scores[row, t - 1, batch.ids[row, t]], count + 1
    slopes = torch.autograd.grad(total / count, list(model.parameters()))
    optimizer = torch.optim.SGD(policy.parameters(), lr=0.1)
    (loss,) = training.sft(policy, batch.ids, mask, optimizer, [rows])
    assert count == 6 and loss == pytest.approx((total / count).item())
    for new, old, slope in zip(
        policy.parameters(), model.parameters(), slopes, strict=True
    ):
        assert torch.allclose(new, old - 0.1 * slope, atol=1e-12)


def padded(batch: training.Batch, columns: int) -> training.Batch:
    ids = torch.nn.functional.pad(batch.ids, (0, columns))
    return training.Batch(ids, torch.nn.functional.pad(batch.mask, (0, columns)))


def test_trimmed_pairs_lose_the_padding_that_all_of_them_have() -> None:
    ids = torch.tensor([[5, 6, 1, 0, 0], [5, 7, 8, 1, 0]])
    mask = torch.tensor([[0, 1, 1, 0, 0], [0, 1, 1, 1, 0]]).bool()
    found = training.Batch(ids, mask).trimmed()
    assert found.ids.tolist() == [[5, 6, 1, 0], [5, 7, 8, 1]]
    assert found.mask.tolist() == mask[:, :4].tolist()


def test_steps_on_padded_pairs_are_those_on_the_pairs_bit_for_bit(
    model: TinyLM,
) -> None:
    short, both = pairs(4), []
    orders = [torch.tensor([0, 2]), torch.tensor([3, 1])]
    for batch in (short, padded(short, 2)):
        policy = copy.deepcopy(model)
        constants = training.reference_logprobs(model, short)
        optimizer = torch.optim.SGD(policy.parameters(), lr=0.1)
        steps = training.dpo(policy, constants, batch, optimizer, BETA, orders)
        both.append((list(steps), [p.tolist() for p in policy.parameters()]))
    assert both[0] == both[1]


def test_the_model_is_not_asked_what_comes_after_the_last_token(
    model: TinyLM,
) -> None:
    batch, seen = pairs(2), []
    model.register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    found = torch.cat(batch.logprobs(model))
    assert [ids.tolist() for ids in seen] == [batch.ids[:, :-1].tolist()]
    whole = sequence_logprobs(model(batch.ids), batch.ids, batch.mask)
    assert torch.allclose(found, whole, atol=1e-12)
