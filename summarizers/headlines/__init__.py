"""Headlines: those that a document gives and those made from a story's first sentences."""
