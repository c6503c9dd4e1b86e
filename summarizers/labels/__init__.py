"""Countries and topics of a story, with evidence, and their names in every language of the interface."""
