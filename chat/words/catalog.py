"""Where we look up our words: each language's file is read once, and asked by key."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from string import Formatter
from typing import IO, TYPE_CHECKING

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_SUFFIX = ".po"


@cache
def languages() -> tuple[str, ...]:
    """The languages we speak, the school's own first."""
    found = (file.name for file in files(__package__).iterdir() if file.name.endswith(_SUFFIX))
    return tuple(
        sorted(
            (name.removesuffix(_SUFFIX) for name in found),
            key=lambda language: (not language.startswith("zh"), language),
        )
    )


@cache
def words(language: str) -> Words:
    """The words of one of languages(); KeyError for any other."""
    # Asked of the list and not of the disk, so that a name with a path in it opens nothing.
    if language not in languages():
        raise KeyError(language)
    with files(__package__).joinpath(language + _SUFFIX).open("rb") as file:
        return read_words(language, file)


def read_words(language: str, file: IO[bytes]) -> Words:
    """The words in one .po file."""
    catalog = read_po(file, ignore_obsolete=True, abort_invalid=True)
    return Words(language, _compiled(catalog), *_keys(catalog))


@dataclass(frozen=True)
class Words:
    """What one language says, by key."""

    language: str
    _catalog: GNUTranslations = field(repr=False, compare=False)
    _texts: frozenset[str] = field(repr=False, compare=False)
    _plurals: frozenset[str] = field(repr=False, compare=False)

    @property
    def keys(self) -> frozenset[str]:
        """All that this language can say."""
        return self._texts | self._plurals

    def has(self, key: str) -> bool:
        """Whether this language can say it."""
        return key in self._texts or key in self._plurals

    def text(self, key: str, /, **blanks: object) -> str:
        """The sentence of that key with its {blanks} filled in; KeyError if either is missing."""
        if key not in self._texts:
            raise KeyError(key)
        return _filled(self._catalog.gettext(key), blanks)

    def plural(self, key: str, n: int, /, **blanks: object) -> str:
        """The sentence that fits n things; {n} is filled in as well."""
        if key not in self._plurals:
            raise KeyError(key)
        return _filled(self._catalog.ngettext(key, key, n), {"n": n, **blanks})

    def names(self, key: str, /) -> tuple[str, ...]:
        """The entries of a list of words; an underscore in one stands for a space."""
        return tuple(name.replace("_", " ") for name in self.text(key).split())

    def blanks(self, key: str, /) -> frozenset[str]:
        """The names of the blanks in that sentence, over all its plural forms."""
        if key in self._texts:
            forms = {self._catalog.gettext(key)}
        elif key in self._plurals:
            # The forms of our languages differ at 0, 1, 2 and 5 if anywhere.
            forms = {self._catalog.ngettext(key, key, n) for n in (0, 1, 2, 5)}
        else:
            raise KeyError(key)
        return frozenset(blank for form in forms for _, blank in _pieces(form) if blank)


def _compiled(catalog: Catalog) -> GNUTranslations:
    memory = BytesIO()
    write_mo(memory, catalog)
    memory.seek(0)
    return GNUTranslations(memory)


def _keys(catalog: Catalog) -> tuple[frozenset[str], frozenset[str]]:
    """The keys with a text and those with plural forms; what is empty or fuzzy isn't said."""
    said = [message for message in catalog if message.id and message.string and not message.fuzzy]
    return (
        frozenset(message.id for message in said if isinstance(message.id, str)),
        frozenset(message.id[0] for message in said if not isinstance(message.id, str)),
    )


def _filled(template: str, blanks: dict[str, object]) -> str:
    # Joined piece by piece: braces in what a family said are never looked at again.
    return "".join(
        text if blank is None else f"{text}{blanks[blank]}" for text, blank in _pieces(template)
    )


@cache
def _pieces(template: str) -> tuple[tuple[str, str | None], ...]:
    pieces = []
    for text, blank, form, conversion in Formatter().parse(template):
        if blank is not None and (form or conversion or not blank.isidentifier()):
            raise ValueError(f"a blank is only ever a {{name}}: {template!r}")
        pieces.append((text, blank))
    return tuple(pieces)
