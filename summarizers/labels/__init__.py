"""Labels of a story: its countries and its topics."""
