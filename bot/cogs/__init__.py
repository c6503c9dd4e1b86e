"""Discord's slash commands and context menus: each reads the question, asks the services, renders the answer."""
