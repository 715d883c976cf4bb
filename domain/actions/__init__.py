"""Deeds: each changes records and says what is to be told, within the message's transaction."""
