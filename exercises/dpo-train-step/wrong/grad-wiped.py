# id: grad-wiped
# message: zero_grad() stands between backward() and step(), so the step finds no
#   gradient and nothing moves.
# idea: Clearing belongs somewhere around the step. It throws away what backward() has
#   just computed; clear before backward().
# misconception: one-step-is-any-step
import torch
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    def log_prob(model, which):
        ids, mask = batch[f"{which}_ids"], batch[f"{which}_mask"]
        scores = F.log_softmax(model(ids)[:, :-1], dim=-1)
        tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
        return (tokens * mask[:, 1:]).sum(-1)

    with torch.no_grad():
        ref = log_prob(reference, "chosen") - log_prob(reference, "rejected")
    h = log_prob(policy, "chosen") - log_prob(policy, "rejected") - ref
    loss = -F.logsigmoid(beta * h).mean()
    loss.backward()
    optimizer.zero_grad()
    optimizer.step()
    return loss.item()
