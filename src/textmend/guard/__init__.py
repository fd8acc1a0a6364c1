r"""The guard: catches edits that change what nobody asked them to change.

Editors, scripts and code assistants read a file in the wrong encoding and write it back; or they
add a byte order mark, or turn its line ends. Comparing the version before with the version after
shows it, and shows what the text was.

>>> found = compare("Größe\n".encode(), "Gr??e, neu\n".encode())
>>> [(trouble.code, trouble.was) for trouble in found.troubles]
[('TG202', 'öß')]
>>> restored(found).decode()
'Größe, neu\n'
"""

from __future__ import annotations

from textmend.guard.checks import CHECKS, Check
from textmend.guard.comparing import NOTHING, Comparison, Trouble, compare
from textmend.guard.repository import STAGED, WORKTREE, Change, GitError, Repository, under
from textmend.guard.restoring import restored

__all__ = [
    "CHECKS",
    "NOTHING",
    "STAGED",
    "WORKTREE",
    "Change",
    "Check",
    "Comparison",
    "GitError",
    "Repository",
    "Trouble",
    "compare",
    "restored",
    "under",
]
