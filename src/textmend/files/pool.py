"""Runs over many files, in one process or several; the results come in order and are the same.

>>> from pathlib import Path
>>> [result.problem for result in run_all([Found(Path("no such file"), named=True)], Job(mode="check"))]
['does not exist']
"""

from __future__ import annotations

import contextlib
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from textmend.files.problems import FileError
from textmend.files.runs import Job, Listener, Result, run_file
from textmend.files.walking import Found

TYPE_CHECKING = False  # a type checker takes it for true; importing typing costs milliseconds
if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_AHEAD = 4  # groups of files under way for each process
_GROUP = 8  # files sent to a process at once


def run_all(
    found: Iterable[Found], job: Job | Callable[[Found], Job], *, jobs: int = 1, listener: Listener | None = None
) -> Iterator[Result]:
    """Yield the result of each file, in order.

    job: what to do with all of them, or a function that says it for each; the mode is the same for all.
    jobs: processes. One file is shared by all of them, piece by piece; of many, each is done by one.
    listener: with several files and processes it is called when a result comes, not as the work goes on.

    >>> list(run_all([], Job(mode="check")))
    []
    """
    waiting = ((each, job(each) if callable(job) else job) for each in found)
    first = list(islice(waiting, 2))
    listener = listener or Listener()
    if jobs <= 1:
        for each, own in _chain(first, waiting):
            yield run_file(each.path, own, named=each.named, listener=listener)
        return
    with _processes(jobs) as processes:
        if len(first) == 1 or (first and first[0][1].mode == "stdout"):
            # what goes to standard output goes there file by file; its pieces are shared
            for each, own in _chain(first, waiting):
                yield run_file(each.path, own, named=each.named, listener=listener, workers=processes)
            return
        under_way: deque[Future[list[Result]]] = deque()
        files = _chain(first, waiting)
        while group := list(islice(files, _GROUP)):
            under_way.append(processes.submit(_run_group, group))
            if len(under_way) >= jobs * _AHEAD:
                yield from _told(under_way.popleft().result(), listener)
        while under_way:
            yield from _told(under_way.popleft().result(), listener)


_Work = tuple[Found, Job]


def _chain(first: list[_Work], rest: Iterator[_Work]) -> Iterator[_Work]:
    yield from first
    yield from rest


def _run_group(group: list[_Work]) -> list[Result]:
    """Do some files in another process."""
    return [run_file(each.path, job, named=each.named) for each, job in group]


def _told(results: list[Result], listener: Listener) -> Iterator[Result]:
    """Give the listener what a process collected."""
    for result in results:
        if listener.finding:
            for finding in result.findings:
                listener.finding(result.name, finding)
        if listener.diff and result.diff:
            listener.diff(result.diff)
        if listener.progress:
            listener.progress(result.tally.size)
        yield result


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that started the others."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def _processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Return processes that share the work; what is not done when the run ends early is dropped."""
    import multiprocessing
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor

    # a fork shares the tables and the model that are loaded; it is safe here, where no thread runs yet
    kind = "fork" if sys.platform == "linux" else "spawn"
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(kind), initializer=_ignore_interrupts)
    try:
        yield pool
    except BrokenExecutor:
        raise FileError("a process of this run was ended from outside; files that were done are done") from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
