"""Keeps a copy of all the records in one file, and makes records of it again."""

from domain.keeping.archive import Backup, opened_backup
from domain.keeping.backup import write_backup
from domain.keeping.faults import BackupFault
from domain.keeping.manifest import Manifest
from domain.keeping.restore import restore

__all__ = ["Backup", "BackupFault", "Manifest", "opened_backup", "restore", "write_backup"]
