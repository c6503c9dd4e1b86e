"""Tests that attack: each is named after what is attempted, and shows that it fails."""
