"""As a lambda, in a module with an accent and a tab: Łukasz'	file."""

from torch.nn.functional import logsigmoid as σ_log

dpo_loss = lambda w, l, rw, rl, β: -σ_log(β * (w - rw - l + rl)).mean()  # noqa: E731, E741
