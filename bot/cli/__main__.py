"""`python -m bot.cli` is `gazette`."""

from bot.cli import main

main()
