"""Coordination of several processes: process ids and leadership by lease."""
