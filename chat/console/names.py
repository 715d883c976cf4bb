"""What the console calls itself, its one-to-one chat, and the bot."""

PLATFORM = "console"
APP = ""
# The chat of one person with the bot is called so; every other chat is a group.
DIRECT = "direct"
# What calls the bot by name in a group.
NAME = "走访"
# What the records hold of a key, of an account and of a chat's name.
LONGEST = 128
