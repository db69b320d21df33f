def implicit_reward(policy_logps, ref_logps, beta):
    return beta * policy_logps - beta * ref_logps
