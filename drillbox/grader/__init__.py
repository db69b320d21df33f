"""Is this code right, and if not, how is it wrong?

The learner's worker receives source and inputs and returns raw arrays; the reference
worker holds solution, generator and seeds; the supervisor sees frames alone and judges
in numpy float64.
"""
