"""How a backup or a restore says no."""


class BackupError(Exception):
    """Nothing was copied or restored; the sentence, in pt-BR, says why and what to do."""
