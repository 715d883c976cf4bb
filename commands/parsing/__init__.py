"""How a message is understood: from what was typed to a command with its parts."""
