"""The reference library in torch: what the course says, as code that runs.

    preferences  rewards, preference probabilities, the optimal policy
    logprobs     log-probabilities of completions; KL and its estimators
    losses       the DPO loss, its gradient, one step to first order, close variants
    ppo          what PPO needs: the clipped loss, advantages, memory
    tiny         a language model of 110,000 parameters and its words
    training     one DPO step, many, and the Gram matrix that predicts the first

Imported in worker processes only (importing torch costs about a second, and no
screen should wait for it). All log-probabilities are natural: nats.
"""
