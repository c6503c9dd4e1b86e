"""How files become stories: watching, reading, decoding, analysing."""
