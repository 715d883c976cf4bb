"""Puts everything together: hears HTTP, shows pages, and is the command line."""
