"""Copies of the database that can be trusted, and the way back. One file holds database, secret and a description."""

from jobs.backups.archive import BackupError, back_up, restore

__all__ = ["BackupError", "back_up", "restore"]
