"""Tests of the web edition."""
