"""How we call a voice of a problem: its number, and whose it is for who may know."""

from __future__ import annotations

from chat.wording import names
from chat.words import Words
from domain.notices.views_problems import VoiceSeen


def voice(words: Words, seen: VoiceSeen, *, private: bool) -> str:
    """#57-2 七(3)班 12号家长: its number, and whose it is."""
    return words.text(
        "voice", problem=seen.problem, place=seen.place, who=whose(words, seen, private=private)
    )


def whose(words: Words, seen: VoiceSeen, *, private: bool) -> str:
    """七(3)班 12号家长; who isn't on the lists is known by what they are."""
    if seen.child is None:
        return words.text(f"voice.by.{seen.speaker or 'parent'}")
    child = names.child(words, seen.child, private=private)
    return words.text("voice.student" if seen.speaker == "student" else "voice.parent", child=child)


def to_tell(words: Words, voices: tuple[VoiceSeen, ...], *, private: bool) -> str | None:
    """请告诉七(3)班 12号家长，再把他们的话告诉我：/回访 57 满意 ….

    Of several each has its number.
    """
    if not voices:
        return None
    first = voices[0]
    if len(voices) == 1:
        who = whose(words, first, private=private)
        return words.text("voice.tell", who=who, problem=first.problem)
    who = names.joined(words, (voice(words, one, private=private) for one in voices))
    return words.text("voice.tell_each", who=who, problem=first.problem, place=first.place)
