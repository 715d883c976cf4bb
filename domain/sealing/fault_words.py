"""The sentences about keys; they are needed before settings and languages are known."""

from __future__ import annotations

from typing import Final

# code: (zh-CN, en). The blanks are the same in both; none of them may ever hold a key.
WORDS: Final[dict[str, tuple[str, str]]] = {
    "empty": (
        "{where} 里没有密钥。请填 编号:base64，多个用逗号隔开，最新的写在最前。",
        "{where} holds no key. Write id:base64, with commas between, the newest first.",
    ),
    "form": (
        "{where} 的第 {position} 个密钥不是“编号:base64”的写法（用半角冒号）。请补上编号。",
        "Key {position} of {where} isn't written as id:base64. Put an id and a colon before it.",
    ),
    "bad_id": (
        "{where} 的第 {position} 个密钥编号不对。编号只能用 1–16 个英文字母、数字、- 或 _。",
        "Key {position} of {where} has a bad id. Use 1 to 16 letters, digits, - or _.",
    ),
    "base64": (
        "{where} 里编号 {key} 的密钥不是完整的 base64。请从原处重新复制整行。",
        "Key {key} of {where} isn't whole base64. Copy the whole line again from where it is kept.",
    ),
    "length": (
        "{where} 里编号 {key} 的密钥是 {length} 字节，应为 32 字节。请重新复制，或另生成一个。",
        "Key {key} of {where} has {length} bytes and needs 32. Copy it again, or make another.",
    ),
    "weak": (
        "{where} 里编号 {key} 的密钥不是随机生成的。请另生成一个。",
        "Key {key} of {where} isn't random. Make another.",
    ),
    "twice": (
        "{where} 里编号 {key} 出现了两次。每个密钥要有自己的编号。",
        "{where} names {key} twice. Give each key an id of its own.",
    ),
    "same": (
        "{where} 里编号 {other} 和 {key} 是同一个密钥。更换密钥时请生成新的。",
        "Keys {other} and {key} of {where} are the same key. To change keys, make a new one.",
    ),
    "short_secret": (
        "{where} 太短或太简单，至少要 32 个随机字符。请用程序给出的那一行。",
        (
            "{where} is too short or too plain: it needs 32 random characters or more. "
            "Use the line that the program prints."
        ),
    ),
    "wrong_secret": (
        "ZOUFANG_SECRET_KEY 不是这个数据库用过的那个。请换回原来的值。",
        "ZOUFANG_SECRET_KEY isn't the one this database was made with. Put the old value back.",
    ),
    "wrong_key": (
        "编号 {key} 的密钥和这个数据库用过的不一样。请换回原来的密钥；新密钥要用新编号。",
        (
            "Key {key} isn't the one this database knows by that id. "
            "Put the old key back; a new key needs a new id."
        ),
    ),
    "not_given": (
        "这个数据库在用编号 {key} 的密钥，设置里没有。请把它加回 ZOUFANG_ENCRYPTION_KEYS。",
        "This database uses key {key}, which isn't set. Put it back into ZOUFANG_ENCRYPTION_KEYS.",
    ),
    "bad_check": (
        "数据库里的密钥校验值读不懂。请用备份恢复数据库，或用写下它的版本启动。",
        (
            "The database's check value can't be read. Restore the database from a backup, "
            "or start the version that wrote it."
        ),
    ),
    "file_missing": (
        (
            "数据库 {database} 已有内容，它的密钥文件 {file} 却不在。"
            "请把当初另外保存的密钥文件放回去；"
            "不会另造新的，因为新密钥读不了旧内容。"
        ),
        (
            "The database {database} holds records but its key file {file} is gone. "
            "Put back the copy that was kept apart. "
            "No new one is made: it couldn't read the records."
        ),
    ),
    "file_unreadable": (
        "密钥文件 {file} 读不了（{reason}）。请检查它的权限和内容，或放回另外保存的那份。",
        (
            "The key file {file} can't be read ({reason}). "
            "Check its permissions and content, or put back the copy that was kept apart."
        ),
    ),
    "file_empty": (
        "密钥文件 {file} 是空的。请放回另外保存的那份；数据库还没有内容时，才可以删掉它再启动。",
        (
            "The key file {file} is empty. Put back the copy that was kept apart; "
            "delete it and start again only while the database holds no records."
        ),
    ),
    "file_line": (
        "密钥文件 {file} 里没有 {name}=… 这一行，或有两行。请放回另外保存的那份。",
        "The key file {file} has no line {name}=…, or two. Put back the copy that was kept apart.",
    ),
    "file_unwritable": (
        (
            "密钥文件 {file} 写不了（{reason}）。请让程序能写这个文件夹，"
            "或在设置里填 ZOUFANG_ENCRYPTION_KEYS 和 ZOUFANG_SECRET_KEY。"
        ),
        (
            "The key file {file} can't be written ({reason}). "
            "Let the program write in that folder, "
            "or set ZOUFANG_ENCRYPTION_KEYS and ZOUFANG_SECRET_KEY."
        ),
    ),
    "file_open": (
        "这台机器上的其他用户也能打开密钥文件 {file}。请运行：chmod 600 '{file}'",
        "Other users of this machine can open the key file {file}. Run: chmod 600 '{file}'",
    ),
}
