"""News value: how much a story weighs for an editor, by what it reports and by its form."""
