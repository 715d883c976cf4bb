"""Measures what is promised about speed, side by side with bare stacks doing the same."""
