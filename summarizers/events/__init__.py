"""Event clustering: features of a story, probability that two stories report one event, and novelty of sentences."""
