"""What DingTalk is called here, and how a chat with one person is told from a group."""

PLATFORM = "dingtalk"
# One organisation per school, and an account's id holds in all of it: no app of its own.
APP = ""
# A group goes by DingTalk's own id; one person's chat with the bot by whose it is, since that is
# what it takes to write there first.
_DIRECT = "direct:"


def direct_chat(account: str) -> str:
    """The chat of that account with the bot."""
    return _DIRECT + account


def account_in(chat: str) -> str | None:
    """Whose chat with the bot it is; None for a group."""
    return chat.removeprefix(_DIRECT) if chat.startswith(_DIRECT) else None
