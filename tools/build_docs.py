"""Writes the pages of docs/rules from the registry of rules, and checks that they are current.

    python tools/build_docs.py --write    write the pages
    python tools/build_docs.py --check    end with status 1 if a page is not what --write would write

The pages are made from src/textmend/rules alone; this program never reads a page to write one.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from textmend.cli.rules import since, spelled  # noqa: E402  found by the line above
from textmend.rules import GROUPS, RULES, Rule  # noqa: E402  the same

TARGET = ROOT / "docs" / "rules"
COMMAND = "python tools/build_docs.py --write"
KINDS = {
    "reports": "It only reports; nothing is changed.",
    "safe": "It is safe: it undoes damage or takes away what carries no meaning.",
    "style": "It changes style: what it replaces may have been chosen.",
}
SEVERITIES = {
    "error": "error: text is damaged",
    "warning": "warning: it is likely to hurt",
    "info": "info: worth knowing",
}


def header(source: str) -> str:
    """Return the note that a page begins with."""
    return f"<!-- Generated from {source} by `{COMMAND}`. Do not edit. -->"


def source_of(rule: Rule) -> str:
    """Return the path of the file that holds a rule."""
    return f"src/textmend/rules/{rule.name.replace('-', '_')}.py"


def kind(rule: Rule) -> str:
    """Return what a rule does to a text."""
    if rule.reports_only:
        return "reports"
    return "style" if rule.style else "safe"


def runs_in(rule: Rule) -> str:
    """Say in which profiles a rule runs."""
    if not rule.profiles:
        return f'only on request: `enable = ["{rule.code}"]`'
    return ", ".join(f"`{profile}`" for profile in rule.profiles)


def page(rule: Rule) -> str:
    """Return the page of one rule."""
    lines = [
        header(source_of(rule)),
        f"# {rule.code} {rule.name}",
        "",
        rule.summary,
        "",
        "## Why it matters",
        "",
        rule.why,
        "",
        "## What it does",
        "",
        f"- {KINDS[kind(rule)]}",
        f"- Profiles: {runs_in(rule)}.",
        f"- Severity: {SEVERITIES[rule.severity]}.",
    ]
    if rule.profiles:
        lines.append(f'- Turn it off with `disable = ["{rule.code}"]` in the configuration or by name.')
    if rule.examples:
        lines += ["", "## Example" + ("s" if len(rule.examples) > 1 else "")]
    for example in rule.examples:
        lines += ["", "```text", f"before  {spelled(example.before)}"]
        if example.after is not None:
            lines.append(f"after   {spelled(example.after)}")
        lines.append("```")
    lines += ["", "[All rules](README.md)", ""]
    return "\n".join(lines)


def index() -> str:
    """Return the page that lists all rules."""
    lines = [
        header("src/textmend/rules"),
        "# Rules",
        "",
        "Everything textmend finds and fixes. `textmend rules` prints this list, `textmend rules CODE` one rule.",
        "",
        "Three profiles hold them, each all of the one before: `repair` (the default) only undoes damage and leaves",
        "clean text as it is; `tidy` also clears away what nobody sees, resolves escapes, sets form and line ends;",
        "`plain` also replaces what the author chose. A rule on request runs when `enable` names its code.",
        "",
        "Rules run in the order of the registry, misreadings first, style last. When a rule has changed something",
        "that may give others more to do, they look again, a bounded number of times.",
    ]
    for group, about in GROUPS.items():
        lines += ["", f"## {group}xx: {about}", "", "| rule | profile | does | about |", "| --- | --- | --- | --- |"]
        for rule in sorted(RULES, key=lambda rule: rule.code):
            if rule.code.startswith(group):
                link = f"[{rule.code} {rule.name}]({rule.code}.md)"
                lines.append(f"| {link} | {since(rule)} | {kind(rule)} | {rule.summary} |")
    return "\n".join([*lines, ""])


def pages() -> dict[Path, str]:
    """Return all pages by their paths."""
    return {TARGET / "README.md": index(), **{TARGET / f"{rule.code}.md": page(rule) for rule in RULES}}


def write() -> int:
    """Write the pages and take away those of rules that are no more."""
    wanted = pages()
    TARGET.mkdir(parents=True, exist_ok=True)
    for path in TARGET.glob("*.md"):
        if path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


def check() -> int:
    """Name the pages that are not what `write` would write; return 1 if there are any."""
    wanted = pages()
    there = {path: path.read_text(encoding="utf-8") for path in TARGET.glob("*.md")}
    wrong = sorted(path for path in wanted.keys() | there.keys() if wanted.get(path) != there.get(path))
    for path in wrong:
        print(f"{path.relative_to(ROOT)} is not current: run {COMMAND}")
    return 1 if wrong else 0


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--write", action="store_true", help="write the pages")
    mode.add_argument("--check", action="store_true", help="check that the pages are current")
    return write() if parser.parse_args(arguments).write else check()


if __name__ == "__main__":
    sys.exit(main())
