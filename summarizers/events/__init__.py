"""Event clustering: features of a story, comparison of stories, novelty of an update."""
