import torch.nn.functional as F


def reward_model_loss(chosen_rewards, rejected_rewards):
    losses = [
        -F.logsigmoid(chosen - rejected)
        for chosen, rejected in zip(chosen_rewards, rejected_rewards, strict=True)
    ]
    return sum(losses) / len(losses)
