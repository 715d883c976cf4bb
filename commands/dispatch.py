"""From a message to what answers it: a command, a reply to what was being asked, or small talk."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commands.dialog import Answer, Dialog, Spoken
from commands.drafts import Reread, TypoDraft, Waiting, waiting_from
from commands.parsing.messages import read_message
from commands.parsing.said import CommandSaid, Said, Talk
from commands.replies import resumed
from commands.table import COMMANDS, lexicon
from commands.turn import Told
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
    said = read_message(spoken.text, addressed=spoken.addressed, lexicon=lexicon())
    if isinstance(said[0], Talk) and not spoken.addressed:
        return Answer([Told(Pointer(heard="talk"))])
    dialog = Dialog(spoken, asker, waiting_from(await draft_of(asker.person)))
    if isinstance(said[0], Talk):
        await dialog.reply(spoken.text)
    elif (meant := _command_meant(said, dialog.before)) is not None:
        await dialog.answer_first(meant)
    else:
        # Who types a command has turned to something else: an open question is given up.
        dialog.before = Waiting(visits=dialog.before.visits)
        await dialog.commands(said, Reread(spoken.text, in_group=spoken.group))
    await dialog.keep()
    return dialog.answer


def _command_meant(said: Sequence[Said], waiting: Waiting) -> Reread | None:
    """The bare name of a command, when we asked which one was meant."""
    only, first = said[0], waiting.questions[0] if waiting.questions else None
    if not isinstance(only, CommandSaid) or not isinstance(first, TypoDraft) or len(said) > 1:
        return None
    if only.given or only.doubts:
        return None
    offered = [(one or "").split(" ")[0] for one in first.instead]
    if only.command not in offered:
        return None
    meant = resumed(first, str(offered.index(only.command) + 1), COMMANDS, lexicon())
    return meant if isinstance(meant, Reread) else None
