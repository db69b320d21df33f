# id: loss-after-the-step
# message: The loss that comes back was computed after the step.
# idea: The newest loss seems the most useful one. Asked for is the loss before the
#   step, the one whose gradient was used; it costs no second forward pass.
# misconception: one-step-is-any-step
import torch
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    def log_prob(model, which):
        ids, mask = batch[f"{which}_ids"], batch[f"{which}_mask"]
        scores = F.log_softmax(model(ids)[:, :-1], dim=-1)
        tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
        return (tokens * mask[:, 1:]).sum(-1)

    def loss_now():
        with torch.no_grad():
            ref = log_prob(reference, "chosen") - log_prob(reference, "rejected")
        h = log_prob(policy, "chosen") - log_prob(policy, "rejected") - ref
        return -F.logsigmoid(beta * h).mean()

    optimizer.zero_grad()
    loss_now().backward()
    optimizer.step()
    return loss_now().item()
