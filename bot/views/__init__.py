"""Buttons and menus that go on working after a restart."""
