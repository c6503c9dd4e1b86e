"""Intake: files and feeds become stories, by watching, reading, decoding and analysing."""
