"""Brings a letter where a chat can't be reached; nothing in it is secret."""
