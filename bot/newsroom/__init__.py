"""Decisions about news: events, ranking, digests, filters, schedules. No input or output of any kind."""
