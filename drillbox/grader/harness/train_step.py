"""Take three training steps with the learner's function on a tiny model.

Stale gradients lie on the policy before the first step, the reference asks for
gradients that it must not get, and every parameter is carried after steps 1 and 3; or,
where the arguments have `steps`, after step 1 and the last of so many.
"""

from typing import Any

import numpy as np
import torch

_Tensor = torch.Tensor
_NAMES = ("embedding", "mixing", "output")
_BATCH = ("chosen_ids", "chosen_mask", "rejected_ids", "rejected_mask")
STEPS = 3


class Model(torch.nn.Module):
    """ids (B, T) → logits (B, T, V): the mean of the embeddings so far, one layer."""

    embedding: torch.Tensor
    mixing: torch.Tensor
    output: torch.Tensor

    def __init__(self, weights: dict[str, Any], device: str) -> None:
        super().__init__()
        for name in _NAMES:
            value = torch.from_numpy(np.array(weights[name])).to(device)
            setattr(self, name, torch.nn.Parameter(value))

    def forward(self, ids: Any) -> Any:
        """Logits; those at t depend on the ids up to t and predict the one at t + 1."""
        count = torch.arange(1, ids.shape[1] + 1, device=ids.device)
        mean = self.embedding[ids].cumsum(1) / count[:, None]
        return torch.tanh(mean @ self.mixing) @ self.output


def run(function: Any, arguments: dict[str, Any], options: Any) -> list[Any]:
    """Losses, parameters after two steps, steps taken, what became of the rest."""
    device, last = options["device"], arguments.get("steps", STEPS)
    policy, reference = (_model(arguments, who, device) for who in _WHO)
    batch = {
        name: torch.from_numpy(np.array(arguments[name])).to(device) for name in _BATCH
    }
    optimizer = torch.optim.SGD(policy.parameters(), lr=arguments["lr"])
    taken: list[int] = []
    optimizer.register_step_post_hook(lambda *_: taken.append(1))
    for name in _NAMES:  # as if someone had called backward before
        weight = getattr(policy, name)
        weight.grad = torch.full_like(weight, 0.5)
    outputs: list[Any] = []
    for step in range(1, last + 1):
        before = len(taken)
        loss = function(policy, reference, optimizer, batch, arguments["beta"])
        outputs.append((f"loss of step {step}", scalar(loss)))
        steps = np.array(len(taken) - before)
        outputs.append((f"optimizer steps in call {step}", steps))
        if step in (1, last):
            outputs += parameters(policy, f"after step {step}: policy.{{}}")
    return outputs + untouched(reference, batch)


_WHO = ("policy", "reference")


def _model(arguments: dict[str, Any], who: str, device: str) -> Model:
    return Model({name: arguments[f"{who}.{name}"] for name in _NAMES}, device)


def parameters(model: Any, label: str) -> list[Any]:
    """Every parameter under a label with its name in it."""
    found = []
    for name in _NAMES:
        weight = _Tensor.cpu(_Tensor.detach(getattr(model, name)))
        found.append((label.format(name), np.array(_Tensor.numpy(weight))))
    return found


def untouched(reference: Any, batch: Any) -> list[Any]:
    """The reference's parameters, how many of them have a gradient, the batch."""
    outputs = parameters(reference, "reference.{}")
    count = sum(getattr(reference, name).grad is not None for name in _NAMES)
    outputs.append(("gradients on the reference", np.array(count)))
    for name in _BATCH:
        value = np.array(_Tensor.numpy(_Tensor.cpu(batch[name])))
        outputs.append((f"argument batch[{name!r}]", value))
    return outputs


def scalar(value: Any) -> Any:
    """A Python float or a 0-d tensor as an array; else what it is."""
    if isinstance(value, float):
        return np.array(float(value))
    if type(value) is not _Tensor and not isinstance(value, torch.nn.Parameter):
        kind = type(value)
        named = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")[:78]
        return {"type": "None" if value is None else named}
    plain = _Tensor.cpu(_Tensor.detach(value))
    if plain.dtype not in (torch.float64, torch.float32):
        dtype = str(plain.dtype).removeprefix("torch.")
        return {"dtype": dtype, "shape": list(plain.shape)}
    return np.array(_Tensor.numpy(plain))
