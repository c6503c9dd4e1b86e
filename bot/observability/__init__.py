"""Observability for the operator: log, metrics, health."""
