"""Event clustering: features of stories, probability of one event, novelty of sentences."""
