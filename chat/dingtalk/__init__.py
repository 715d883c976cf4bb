"""DingTalk, the chat that most schools have: heard over HTTP, answered in the same breath."""
