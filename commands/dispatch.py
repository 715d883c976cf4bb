"""From a message to what answers it: a command, a reply to what was being asked, or small talk."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commands.dialog import Answer, Dialog, Spoken
from commands.drafts import Reread, TypoDraft, Waiting, waiting_from
from commands.parsing.messages import read_message, spaced
from commands.parsing.said import CommandSaid, Said, Talk
from commands.replies import resumed
from commands.table import COMMANDS, lexicon
from commands.turn import Told
from commands.warning import warnings_for
from domain.notices.asking import Pointer
from domain.queries.drafts import draft_of
from domain.queries.people import Asker

__all__ = ["Answer", "Spoken", "dispatch"]

# What nobody sees and a keyboard or a copied text leaves behind.
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]*")


async def dispatch(spoken: Spoken, asker: Asker) -> Answer:
    """Carry out all that a message says; every message has an answer."""
    if spoken.text is None or _UNSEEN.fullmatch(spoken.text):
        return Answer([Told(Pointer(heard="empty" if spoken.text is not None else "not_text"))])
    text = spaced(spoken.text, addressed=spoken.addressed, lexicon=lexicon())
    said = read_message(text, addressed=spoken.addressed, lexicon=lexicon())
    if isinstance(said[0], Talk) and not spoken.addressed:
        return Answer([Told(Pointer(heard="talk"))])
    dialog = Dialog(spoken, asker, waiting_from(await draft_of(asker.person)))
    if isinstance(said[0], Talk):
        await dialog.reply(spoken.text)
    elif (meant := _command_meant(said, dialog.before)) is not None:
        await dialog.answer_one(*meant)
    else:
        # Who types a command has turned to something else: an open question is given up.
        dialog.before = Waiting(visits=dialog.before.visits)
        await dialog.commands(said, Reread(text, in_group=spoken.group))
    await dialog.hint(command=not isinstance(said[0], Talk))
    dialog.tell(*await warnings_for(asker))
    await dialog.keep()
    return dialog.answer


def _command_meant(said: Sequence[Said], waiting: Waiting) -> tuple[TypoDraft, Reread] | None:
    """The bare name of a command, when we asked which one was meant: the question, and that."""
    only = said[0]
    if not isinstance(only, CommandSaid) or len(said) > 1 or only.given or only.doubts:
        return None
    for draft in reversed(waiting.questions):
        offered = _offered(draft) if isinstance(draft, TypoDraft) else []
        if isinstance(draft, TypoDraft) and only.command in offered:
            pick = str(offered.index(only.command) + 1)
            meant = resumed(draft, pick, COMMANDS, lexicon())
            return (draft, meant) if isinstance(meant, Reread) else None
    return None


def _offered(draft: TypoDraft) -> list[str]:
    """The commands that it may have been."""
    return [(one or "").split(" ")[0] for one in draft.instead]
