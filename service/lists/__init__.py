"""Reads a school's lists (its people, its families, its past visits), and writes them again."""
