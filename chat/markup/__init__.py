"""How a message is written down, by dialect and not by vendor."""
