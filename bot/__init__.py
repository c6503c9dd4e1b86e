"""Gazette, the bot: reads a folder of news, keeps it, and posts digests of it to Discord."""
