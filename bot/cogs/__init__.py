"""Discord: client, slash commands, subscribe form, context menus, channel permissions."""
