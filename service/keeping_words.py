"""Why a backup could not be made or used, and what to do about it."""

from __future__ import annotations

from typing import Final

from domain.keeping import BackupFault
from service.faults import StartFault

# code: (zh-CN, en); the blanks are the same in both.
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "taken": (
        "{file} 已经有了，不会覆盖。请换一个文件名，或写一个文件夹，名字就按时间起。",
        (
            "{file} is there already and is not written over. Name another file, "
            "or a folder: then it is named by the time."
        ),
    ),
    "unwritable": (
        "备份文件 {file} 写不了（{why}）。请检查文件夹、权限和剩余空间。没有留下半个文件。",
        (
            "The backup {file} can't be written ({why}). Check the folder, your rights there "
            "and the space left. Nothing half-written was kept."
        ),
    ),
    "unreadable": (
        "备份文件 {file} 读不了（{why}）。请检查路径和权限。",
        "The backup {file} can't be read ({why}). Check the path and your rights.",
    ),
    "no_backup": (
        "{file} 不是走访的备份。请用 zoufang backup 做出来的文件。什么也没有改动。",
        (
            "{file} is no backup of Zoufang. Name a file that zoufang backup made. "
            "Nothing was changed."
        ),
    ),
    "damaged": (
        "备份文件 {file} 不完整，或被改动过。请换另一份备份。什么也没有改动。",
        (
            "The backup {file} is not whole, or was changed after it was made. "
            "Use another one. Nothing was changed."
        ),
    ),
    "older": (
        (
            "这份备份的结构（{theirs}）比这个版本的走访（{ours}）旧。"
            "请用做备份时的版本恢复，再用现在的版本运行 zoufang migrate。什么也没有改动。"
        ),
        (
            "This backup's schema ({theirs}) is older than this version of Zoufang ({ours}). "
            "Restore it with the version that made it, then run zoufang migrate with this one. "
            "Nothing was changed."
        ),
    ),
    "newer": (
        "这份备份是更新版本的走访做的。请先更新走访，再恢复。什么也没有改动。",
        "This backup was made by a later version of Zoufang. Update it first. Nothing was changed.",
    ),
    "schema": (
        (
            "数据库的结构（{theirs}）和这个版本的走访（{ours}）不一致。"
            "请先运行 zoufang migrate，或用和数据库一致的版本。什么也没有改动。"
        ),
        (
            "The database's schema ({theirs}) is not this version's ({ours}). "
            "Run zoufang migrate first, or use the version that fits. Nothing was changed."
        ),
    ),
    "not_empty": (
        (
            "数据库 {database} 里已有内容，只能恢复到空的数据库。"
            "请在 ZOUFANG_DATABASE_URL 里换一个新的。什么也没有改动。"
        ),
        (
            "The database {database} holds records already; only an empty one is restored into. "
            "Name a new one in ZOUFANG_DATABASE_URL. Nothing was changed."
        ),
    ),
    "refused": (
        "数据库不接受备份里的表 {table}（{why}）。什么也没有写进去。",
        "The database does not take the backup's table {table} ({why}). Nothing was written.",
    ),
    "no_database": (
        "没有数据库文件 {database}。请检查 ZOUFANG_DATABASE_URL。",
        "There is no database file {database}. Check ZOUFANG_DATABASE_URL.",
    ),
    "other_keys": (
        (
            "备份 {file} 是用别的密钥做的，现在的密钥打不开它。请用做备份的学校另外保存的密钥"
            "（密钥文件，或 ZOUFANG_ENCRYPTION_KEYS 和 ZOUFANG_SECRET_KEY）。什么也没有改动。"
        ),
        (
            "The backup {file} was made with other keys than these, which don't open it. Use those "
            "that its school kept apart (the key file, or ZOUFANG_ENCRYPTION_KEYS and "
            "ZOUFANG_SECRET_KEY). Nothing was changed."
        ),
    ),
    "no_keys": (
        (
            "恢复需要做备份的学校的密钥：请把另外保存的密钥文件放到 {keys}，"
            "或设 ZOUFANG_ENCRYPTION_KEYS 和 ZOUFANG_SECRET_KEY。什么也没有改动。"
        ),
        (
            "Restoring needs the keys of the school that made the backup: put the key file that "
            "was kept apart at {keys}, or set ZOUFANG_ENCRYPTION_KEYS and ZOUFANG_SECRET_KEY. "
            "Nothing was changed."
        ),
    ),
}


def backup_fault(fault: BackupFault, **more: str) -> StartFault:
    """The same with its sentence; `more` fills blanks that only the door knows."""
    chinese, english = _WORDS[fault.code]
    facts = {**fault.facts, **more}
    return StartFault(chinese.format(**facts), english.format(**facts))
