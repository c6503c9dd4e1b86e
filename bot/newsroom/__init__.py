"""Decisions about news: events, ranking, filters and schedules, without input or output."""
