"""What is wrong with a bank file."""


class BankFileError(Exception):
    """The file cannot be read or written, and nothing of it was. `sentence` is for the person who has it in hand."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        self.sentence = f"Linha {line}: {sentence}" if line else sentence
        self.line = line
        super().__init__(self.sentence)
