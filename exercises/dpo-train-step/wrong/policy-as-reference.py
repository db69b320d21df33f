# id: policy-as-reference
# message: The policy itself, detached, stands in for the reference, so every margin
#   is 0 and the loss always ln 2.
# idea: At the first step both models are equal, so one seems to do for both. The
#   reference has to stay where it was while the policy moves.
# misconception: reference-trained
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    def log_prob(model, which):
        ids, mask = batch[f"{which}_ids"], batch[f"{which}_mask"]
        scores = F.log_softmax(model(ids)[:, :-1], dim=-1)
        tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
        return (tokens * mask[:, 1:]).sum(-1)

    now = log_prob(policy, "chosen") - log_prob(policy, "rejected")
    h = now - now.detach()
    loss = -F.logsigmoid(beta * h).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
