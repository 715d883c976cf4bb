"""How we are spoken to and how we speak: one folder per platform, and the words themselves."""
