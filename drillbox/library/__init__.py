"""Reading what people write: courses, and the learner's settings. Never writes them."""
