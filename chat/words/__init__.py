"""Every word that people read or type, one file per language."""

from chat.words.catalog import Words, languages, words

__all__ = ["Words", "languages", "words"]
