"""What a member can ask, without Discord: the cogs and the console run the same commands."""
