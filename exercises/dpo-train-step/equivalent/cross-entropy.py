import torch
import torch.nn.functional as F


def answer_log_probs(model, ids, mask):
    labels = ids[:, 1:].masked_fill(~mask[:, 1:], -100)
    logits = model(ids)[:, :-1].transpose(1, 2)
    losses = F.cross_entropy(logits, labels, ignore_index=-100, reduction="none")
    return -losses.sum(dim=1)


def train_step(policy, reference, optimizer, batch, beta):
    chosen = batch["chosen_ids"], batch["chosen_mask"]
    rejected = batch["rejected_ids"], batch["rejected_mask"]
    rewards = []
    for answers in (chosen, rejected):
        with torch.no_grad():
            constant = answer_log_probs(reference, *answers)
        rewards.append(beta * (answer_log_probs(policy, *answers) - constant))
    loss = -torch.log_softmax(torch.stack(rewards), dim=0)[0].mean()
    policy.zero_grad()
    loss.backward()
    optimizer.step()
    return loss
