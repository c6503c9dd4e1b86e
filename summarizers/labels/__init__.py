"""Labels of a story: its countries and topics, with evidence and names."""
