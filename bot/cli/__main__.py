"""`python -m bot.cli` is `gazette`."""

from bot.cli import main

if __name__ == "__main__":
    main()
