"""How fast bytes are decoded: UTF-8 beside decode and fix_text, legacy documents beside chardet."""

from __future__ import annotations

import time
from collections.abc import Callable

import bytesamples
import chardet
import garbling
from data import declarations

import textmend
from textmend import decoding, encodings

_TURNS = 15
_LANGUAGES = ("en", "fr", "ru", "zh-Hans", "ja", "ar")
# About so many bytes are read at once: a paragraph, an article, a book.
_SIZES = (1_000, 8_000, 1_000_000)
_LEAST_TIMED = 200_000  # bytes that one measurement takes, so that the clock is exact enough
_DOCUMENTS = 60


def _by_turns(*functions: Callable[[], object]) -> list[float]:
    """Return the seconds of the fastest run of each function, the runs of all of them taken by turns."""
    times = [float("inf")] * len(functions)
    for _ in range(_TURNS):
        for place, function in enumerate(functions):
            began = time.perf_counter()
            function()
            times[place] = min(times[place], time.perf_counter() - began)
    return times


def speed(say: Callable[[str], None]) -> None:
    """Print both comparisons."""
    say("\n## speed on valid UTF-8, MB/s\n")
    say("| language | bytes | decode + fix_text | fix_bytes | share % |")
    say("| --- | ---: | ---: | ---: | ---: |")
    for language in _LANGUAGES:
        text = next(it for it in declarations() if it.base == language)
        whole = "".join(f"{line}\n" for line in text.lines)
        for wanted in _SIZES:
            data = _some(whole, wanted)
            times = range(max(1, _LEAST_TIMED // wanted))
            alone, own = _by_turns(
                lambda data=data, times=times: [textmend.fix_text(data.decode()) for _ in times],  # type: ignore[misc]
                lambda data=data, times=times: [textmend.fix_bytes(data) for _ in times],  # type: ignore[misc]
            )
            size = len(data) * len(times) / 1e6
            say(f"| {language} | {len(data)} | {size / alone:.1f} | {size / own:.1f} | {100 * alone / own:.0f} |")
    samples = [it for it in bytesamples.make("document", 4 * _DOCUMENTS, 7) if not _is_unicode(it.encoding)]
    samples = [it for it in samples if garbling.write(it.text, "utf-8") != it.data][:_DOCUMENTS]
    # by turns, so that what else the machine does slows both
    theirs, ours = _by_turns(
        lambda: [chardet.detect(it.data) for it in samples], lambda: [decoding.decode(it.data) for it in samples]
    )
    say("\n## speed on legacy documents\n")
    say("| documents | bytes each | chardet ms | textmend ms | times |")
    say("| ---: | ---: | ---: | ---: | ---: |")
    count = max(1, len(samples))
    size = sum(len(it.data) for it in samples) // count
    row = f"{1000 * theirs / count:.2f} | {1000 * ours / count:.2f} | {ours / theirs:.1f}"
    say(f"| {count} | {size} | {row} |")


def _some(whole: str, size: int) -> bytes:
    """Return about so many bytes of a text, whole lines of it, as often as it takes."""
    data = (whole * (size // len(whole.encode()) + 1)).encode()
    return data[: data.rindex(b"\n", 0, size) + 1]


def _is_unicode(name: str) -> bool:
    return encodings.get(name).family == "unicode" or encodings.get(name).width == "escape"
