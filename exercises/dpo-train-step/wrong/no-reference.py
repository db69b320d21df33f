# id: no-reference
# message: The reference is left out of the margin.
# idea: Its parameters do not move, so it seems to have no part in the step. It
#   decides where each margin starts, and with it the weight of each pair.
# misconception: no-reference
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    def log_prob(model, which):
        ids, mask = batch[f"{which}_ids"], batch[f"{which}_mask"]
        scores = F.log_softmax(model(ids)[:, :-1], dim=-1)
        tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
        return (tokens * mask[:, 1:]).sum(-1)

    h = log_prob(policy, "chosen") - log_prob(policy, "rejected")
    loss = -F.logsigmoid(beta * h).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
