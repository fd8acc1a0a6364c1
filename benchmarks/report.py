"""Print and write what the accuracy benchmark found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from judging import tally

# Hops shown in each table: the worst ones; all of them in the written report.
_WORST = 25
_BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0)


class Results:
    """Grades by tool, counted by hop and by language."""

    def __init__(self) -> None:
        self.by_hop: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.by_language: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.seconds: dict[str, float] = {}

    def add(self, tool: str, hop: str, language: str, mark: str) -> None:
        """Count one grade."""
        self.by_hop[tool][hop].append(mark)
        self.by_language[tool][language].append(mark)


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


class Report:
    """Prints tables as they come and keeps them as Markdown."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def _say(self, line: str = "") -> None:
        print(line, flush=True)
        self.parts.append(line)

    def markdown(self) -> str:
        """Return all that was printed, as the page docs/accuracy.md."""
        head = (
            "# Accuracy\n\nWritten by `python benchmarks/accuracy.py --write`; nothing here is "
            "edited by hand. Texts: the Universal Declaration of Human Rights in some 440 "
            "languages and the sets of fixtures/clean; the model was trained on neither. A line "
            "is *exact* when it is the original, *kept* when it stays garbled, *honest* when what "
            "could not be decided shows as U+FFFD or stays, *wrong* otherwise. ftfy and plsfix "
            "are told to repair only, or forgiven their style.\n"
        )
        return head + "\n".join(self.parts) + "\n"

    def section(
        self,
        title: str,
        results: Results,
        tools: Sequence[str],
        *,
        groups: Mapping[str, Callable[[str], bool]] | None = None,
        every: bool = False,
    ) -> None:
        """Print one part: all lines together and in groups, then the worst hops and languages."""
        self._say(f"\n## {title}\n")
        self._say("| tool | lines | exact % | kept % | honest % | wrong % | clean changed | s |")
        self._say("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for tool in tools:
            hops = results.by_hop[tool]
            marks = [mark for found in hops.values() for mark in found]
            self._say(f"| {tool} | {_row(marks)} | {results.seconds[tool]:.0f} |")
            for name, belongs in (groups or {}).items():
                marks = [mark for hop, found in hops.items() if belongs(hop) for mark in found]
                self._say(f"| {tool}: {name} | {_row(marks)} | |")
        if tools:
            self._hops(results, tools, every=every)

    def _hops(self, results: Results, tools: Sequence[str], *, every: bool) -> None:
        first = tools[0]
        for kind, table in (("hop", results.by_hop), ("language", results.by_language)):
            if kind == "language" and every:
                continue
            rows = sorted(table[first].items(), key=lambda row: _exact(row[1]))
            if not every:
                rows = [row for row in rows if _exact(row[1]) < 1.0][:_WORST]
            if not rows:
                continue
            others = "".join(f" {tool} exact / wrong % |" for tool in tools[1:])
            self._say(f"\n| {kind} | lines | exact % | wrong % |{others}")
            self._say("| --- | ---: | ---: | ---: |" + " ---: |" * (len(tools) - 1))
            for name, marks in rows:
                cells = [
                    f"{_percent(_exact(seen), 1)} / {_percent(_wrong(seen), 1)}"
                    for seen in (table[tool][name] for tool in tools[1:])
                ]
                end = "".join(f" {cell} |" for cell in cells)
                safe = name.replace("|", "\\|")
                exact, wrong = _percent(_exact(marks), 1), _percent(_wrong(marks), 1)
                self._say(f"| {safe} | {len(marks)} | {exact} | {wrong} |{end}")

    def false_alarms(self, rows: Mapping[str, Mapping[str, Sequence[int]]], tools: Sequence[str]) -> None:
        """Print how many clean lines each tool changed."""
        self._say("\n## clean text: lines changed, by line / in documents\n")
        self._say("| text | lines |" + "".join(f" {tool} |" for tool in tools))
        self._say("| --- | ---: |" + " ---: |" * len(tools))
        total = {tool: [0, 0, 0, 0] for tool in tools}
        for source, row in rows.items():
            for tool in tools:
                total[tool] = [old + new for old, new in zip(total[tool], row[tool], strict=True)]
            if any(row[tool][1] or row[tool][3] for tool in tools):
                cells = "".join(f" {row[tool][1]} / {row[tool][3]} |" for tool in tools)
                self._say(f"| {source} | {row[tools[0]][0]} |{cells}")
        cells = "".join(f" {total[tool][1]} / {total[tool][3]} |" for tool in tools)
        self._say(f"| all | {total[tools[0]][0]} |{cells}")

    def calibration(self, claims: Sequence[tuple[float, bool]]) -> None:
        """Print how often textmend was right at each confidence."""
        self._say("\n## confidence\n")
        self._say("| claimed | repairs | mean claimed % | right % |")
        self._say("| --- | ---: | ---: | ---: |")
        for low, high in zip(_BINS, (*_BINS[1:], 2.0), strict=True):
            inside = [claim for claim in claims if low <= claim[0] < high]
            if inside:
                mean = sum(claim[0] for claim in inside)
                right = sum(claim[1] for claim in inside)
                shares = f"{_percent(mean, len(inside))} | {_percent(right, len(inside))}"
                name = f"{low:g} to {high:g}" if high <= 1 else f"{low:g}"
                self._say(f"| {name} | {len(inside)} | {shares} |")


def _exact(marks: Sequence[str]) -> float:
    return sum(mark.startswith("exact") for mark in marks) / len(marks) if marks else 0.0


def _wrong(marks: Sequence[str]) -> float:
    bad = sum(mark == "wrong" or mark in ("wrong clean", "honest clean") for mark in marks)
    return bad / len(marks) if marks else 0.0


def _row(marks: Sequence[str]) -> str:
    dirty = tally(mark for mark in marks if not mark.endswith(" clean"))
    clean = [mark for mark in marks if mark.endswith(" clean")]
    count = sum(dirty.values())
    shares = " | ".join(_percent(dirty[mark], count) for mark in ("exact", "kept", "honest", "wrong"))
    changed = sum(mark != "exact clean" for mark in clean)
    return f"{len(marks)} | {shares} | {changed} of {len(clean)}"
