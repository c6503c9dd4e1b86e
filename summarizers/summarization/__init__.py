"""Extractive summaries: engines behind one protocol, several reports of one event, focus on a question."""
