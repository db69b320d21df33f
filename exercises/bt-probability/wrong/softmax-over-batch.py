# id: softmax-over-batch
# message: the softmax runs over the prompts of the batch instead of over the two
#   answers of each prompt.
# idea: A softmax of rewards is right, but over which axis is easily lost. The two
#   answers to one prompt compete with each other; different prompts do not.
# misconception: softmax-over-batch
import torch


def bt_probability(r_first, r_second):
    return torch.softmax(torch.stack((r_first, r_second)), dim=1)[0]
