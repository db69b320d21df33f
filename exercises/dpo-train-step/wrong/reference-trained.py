# id: reference-trained
# message: Gradients flow into the reference: its log-probs belong under
#   torch.no_grad().
# idea: The reference is not in the optimizer, so it seems safe. Its .grad fills up,
#   costs memory, and moves it as soon as someone steps on it.
# misconception: reference-trained
import torch.nn.functional as F


def train_step(policy, reference, optimizer, batch, beta):
    def log_prob(model, which):
        ids, mask = batch[f"{which}_ids"], batch[f"{which}_mask"]
        scores = F.log_softmax(model(ids)[:, :-1], dim=-1)
        tokens = scores.gather(-1, ids[:, 1:, None]).squeeze(-1)
        return (tokens * mask[:, 1:]).sum(-1)

    ref = log_prob(reference, "chosen") - log_prob(reference, "rejected")
    h = log_prob(policy, "chosen") - log_prob(policy, "rejected") - ref
    loss = -F.logsigmoid(beta * h).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
