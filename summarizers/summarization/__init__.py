"""Extractive summarization: engines, several reports of one event, focus on a query."""
