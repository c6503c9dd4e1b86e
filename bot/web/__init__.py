"""The web edition: the paper as pages and feeds, for browsers and feed readers."""
