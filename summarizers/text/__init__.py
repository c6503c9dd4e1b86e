"""Text primitives: language, sentences, words and stems. The only code that cuts text."""
