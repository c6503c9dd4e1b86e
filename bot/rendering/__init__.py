"""Rendering: one layout, drawn for Discord, the terminal and the browser."""
