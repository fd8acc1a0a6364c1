"""What can go wrong with a file: one sentence, and the place where there is one.

>>> str(FileSyntaxError("a string is not closed", 3, 7))
'line 3, column 7: a string is not closed'
"""

from __future__ import annotations

from textmend.errors import TextmendError


class FileError(TextmendError):
    """A file that cannot be read, repaired or written; it is left as it is.

    The message is a clause without the name of the file: "is a directory".

    >>> issubclass(FileError, TextmendError)
    True
    """


class FileSyntaxError(FileError):
    """A file that breaks the syntax of its format; line and column count from 1, in characters.

    >>> FileSyntaxError("a string is not closed", 3, 7).line
    3
    """

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message, line, column)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}"
