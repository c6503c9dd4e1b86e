"""What people see: one layout, drawn for Discord, the terminal and the browser."""
