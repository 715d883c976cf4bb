"""How we speak of danger: to those who must act at once, and to who heard of it."""

from __future__ import annotations

from chat.message import Message
from chat.wording import names
from chat.wording.frame import TELL, message
from chat.words import Words
from domain.notices.views_problems_intake import DangerName, RedFlagSeen

# Here whoever is at home may be the danger.
_NOT_HOME_FIRST = frozenset({"abuse", "sexual_harm"})


def red_flag_raised(view: RedFlagSeen, words: Words) -> Message:
    """What was said, of whom, who heard it, and what is to be done within hours."""
    if view.line is None:
        return message(view, words.text("problem.gone", problem=view.problem), sign=TELL)
    return message(
        view,
        words.text(
            "RedFlagRaised.title",
            problem=view.problem,
            kinds=_kinds(view, words),
            words=names.joined(words, view.words),
        ),
        _who(view, words),
        words.text("problem.text", text=view.said) if view.said else None,
        words.plural("RedFlagRaised.claim", view.hours, problem=view.problem),
        words.text("RedFlagRaised.phones", phones=_phones(view, words)),
        sign=TELL,
    )


def _who(view: RedFlagSeen, words: Words) -> str:
    """The children it is about, and who can be asked."""
    children = [names.child(words, child, private=view.private) for child in view.children]
    by = names.person(words, view.by or names.GONE)
    if not children:
        return words.text("RedFlagRaised.by", by=by)
    return words.text("RedFlagRaised.who", children=names.joined(words, children), by=by)


def red_flag_advice(view: RedFlagSeen, words: Words) -> Message:
    """Thanks, who knows of it now, what to do until they come; nothing to judge oneself."""
    told = names.joined(words, [names.person(words, one) for one in view.told])
    key = "RedFlagAdvice.title" if view.told else "RedFlagAdvice.nobody"
    at_home = any(kind.key in _NOT_HOME_FIRST for kind in view.kinds)
    do = "RedFlagAdvice.do_not_home" if at_home else "RedFlagAdvice.do"
    return message(
        view,
        words.text(key, told=told, problem=view.problem),
        words.text("RedFlagAdvice.why", words=names.joined(words, view.words)),
        words.text(do, phones=_phones(view, words)),
        words.text("RedFlagAdvice.duty"),
        words.text("RedFlagAdvice.recall") if view.in_group else None,
        sign=TELL,
    )


def _kinds(view: RedFlagSeen, words: Words) -> str:
    return names.joined(words, [_kind(words, kind) for kind in view.kinds])


def _kind(words: Words, kind: DangerName) -> str:
    chinese = words.text("grade.called_by") == "name" or not kind.name_en
    return kind.name if chinese else kind.name_en


def _phones(view: RedFlagSeen, words: Words) -> str:
    """The numbers that the plan names for these kinds, each once."""
    phones = dict.fromkeys(phone for kind in view.kinds for phone in kind.phones)
    return names.joined(words, phones)
