"""What people may ask: one file per slash command, and how a message is understood."""
