"""The program's own words in the reader's language."""
