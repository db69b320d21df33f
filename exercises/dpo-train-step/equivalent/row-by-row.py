import torch
import torch.nn.functional as F


def log_prob(model, ids, mask):
    scores = torch.log_softmax(model(ids[None])[0], dim=-1)
    places = torch.nonzero(mask).flatten()
    return sum(scores[t - 1, ids[t]] for t in places.tolist())


def train_step(policy, reference, optimizer, batch, beta):
    optimizer.zero_grad()
    count = len(batch["chosen_ids"])
    whole = 0.0
    for k in range(count):
        chosen = batch["chosen_ids"][k], batch["chosen_mask"][k]
        rejected = batch["rejected_ids"][k], batch["rejected_mask"][k]
        with torch.no_grad():
            start = log_prob(reference, *chosen) - log_prob(reference, *rejected)
        now = log_prob(policy, *chosen) - log_prob(policy, *rejected)
        loss = -F.logsigmoid(beta * (now - start)) / count
        loss.backward()  # gradients add up over the pairs
        whole += loss.item()
    optimizer.step()
    return whole
