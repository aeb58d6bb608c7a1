"""Copies of the database that can be trusted, and the way back. One file holds database, secret and a description."""

from jobs.backups.archive import back_up, restore
from jobs.backups.failure import BackupError

__all__ = ["BackupError", "back_up", "restore"]
