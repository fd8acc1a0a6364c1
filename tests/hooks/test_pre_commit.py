"""The hooks, run by the real pre-commit in real repositories, installed from a clone of this one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

PRE_COMMIT = shutil.which("pre-commit", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
pytestmark = pytest.mark.skipif(
    not (PRE_COMMIT and shutil.which("git")), reason="takes the programs git and pre-commit"
)

HOOKS = ("textmend-check", "textmend-fix", "textmend-guard")
CLEAN = "Größe der Bücher\n“So,” it’s a café, isn’t it\nplain line\n中文说明，这是一个测试。\n"
GARBLED = "Ukraine鈥檚 army\nIt isn鈥檛 so, they鈥檙e here\n"
REPAIRED = "Ukraine’s army\nIt isn’t so, they’re here\n"
CHINESE = "中文说明，这是一个测试。\n第二行 abc\n"

# what belongs to a checkout and not to the project
_LEFT_OUT = (".git", ".venv", "build", "dist", ".*_cache", ".hypothesis", "__pycache__", "fixtures", "tests")


class Ran(NamedTuple):
    status: int
    said: str


class Repository:
    """A repository with the hooks installed."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment

    def run(self, *command: str) -> Ran:
        """Run a program here."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return Ran(done.returncode, done.stdout.decode())

    def git(self, *arguments: str) -> str:
        """Run git, which has to go well."""
        ran = self.run("git", *arguments)
        assert ran.status == 0, ran.said
        return ran.said

    def put(self, name: str, data: bytes | str) -> None:
        """Write a file and stage it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        self.git("add", "--", name)

    def get(self, name: str) -> bytes:
        """Return a file."""
        return (self.folder / name).read_bytes()

    def commit(self) -> Ran:
        """Commit what is staged, with the hooks."""
        return self.run("git", "commit", "--message", "a step")

    def outcome(self, said: str) -> dict[str, str]:
        """Return what pre-commit says of each hook."""
        return dict(
            re.findall(r"^textmend (\w+)\.*(?:\(no files to check\))?(Passed|Failed|Skipped)$", said, re.MULTILINE)
        )


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment in which no settings of the user's count; pre-commit installs once for all tests."""
    home = tmp_path_factory.mktemp("home")
    (home / "gitconfig").write_text(
        "[user]\nname = tester\nemail = tester@example.org\n[init]\ndefaultBranch = main\n"
        '[protocol "file"]\nallow = always\n'
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT_"))}
    kept.pop("PYTHONPATH", None)  # what is installed is tested, not what lies beside the tests
    assert PRE_COMMIT is not None
    return {
        **kept,
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PRE_COMMIT_COLOR": "never",
        "PATH": f"{Path(PRE_COMMIT).parent}{os.pathsep}{kept['PATH']}",
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture(scope="session")
def project(root: Path, tmp_path_factory: pytest.TempPathFactory, surroundings: dict[str, str]) -> Repository:
    """Return this project as a repository of its own, as it is now, committed or not."""
    folder = tmp_path_factory.mktemp("project") / "textmend"
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    made = Repository(folder, surroundings)
    made.git("init", "--quiet")
    made.git("add", "--all", "--force")
    made.git("commit", "--quiet", "--message", "as it is")
    return made


@pytest.fixture
def repository(project: Repository, tmp_path: Path) -> Callable[..., Repository]:
    """Return a maker of repositories with some of the hooks installed and one clean commit."""

    def make(*hooks: str, **files: str | bytes) -> Repository:
        folder = tmp_path / "work"
        folder.mkdir()
        made = Repository(folder, project.environment)
        made.git("init", "--quiet")
        revision = project.git("rev-parse", "HEAD").strip()
        wanted = "".join(f"      - id: {hook}\n" for hook in hooks)
        configuration = f"repos:\n  - repo: {project.folder}\n    rev: {revision}\n    hooks:\n{wanted}"
        made.put(".pre-commit-config.yaml", configuration)
        made.put("a.txt", CLEAN)
        for name, data in files.items():
            made.put(name.replace("__", "."), data)
        made.git("commit", "--quiet", "--message", "before the hooks")
        ran = made.run("pre-commit", "install")
        assert ran.status == 0, ran.said
        return made

    return make


def test_the_manifest_is_one_that_pre_commit_accepts(project: Repository) -> None:
    ran = project.run("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
    assert ran.status == 0, ran.said


def test_the_hooks_can_be_tried_from_the_clone(project: Repository, tmp_path: Path) -> None:
    made = Repository(tmp_path, project.environment)
    made.git("init", "--quiet")
    made.put("a.txt", CLEAN)
    ran = made.run("pre-commit", "try-repo", str(project.folder), "textmend-check", "--all-files")
    assert ran.status == 0, ran.said
    assert made.outcome(ran.said) == {"check": "Passed"}


def test_a_clean_commit_passes(repository: Any) -> None:
    work = repository(*HOOKS)
    work.put("a.txt", CLEAN + "noch eine Zeile, wie schön\n")
    work.put("new.csv", "id,name\n1,Zoë\n")
    ran = work.commit()
    assert ran.status == 0, ran.said
    assert work.outcome(ran.said) == {"check": "Passed", "fix": "Passed", "guard": "Passed"}


def test_a_garbled_commit_fails_with_the_finding(repository: Any) -> None:
    work = repository("textmend-check")
    work.put("bad.txt", GARBLED)
    ran = work.commit()
    assert ran.status == 1
    assert "bad.txt:1:8: TM101 misread text: utf-8 was read as gbk: 鈥檚 → ’s" in ran.said
    assert work.get("bad.txt") == GARBLED.encode()


def test_the_fixer_repairs_and_fails_and_the_second_commit_passes(repository: Any) -> None:
    work = repository("textmend-fix", "textmend-check")
    work.put("bad.txt", GARBLED)
    first = work.commit()
    assert first.status == 1
    assert work.outcome(first.said) == {"fix": "Failed", "check": "Passed"}
    assert "bad.txt: changed in 3 places" in first.said
    assert work.get("bad.txt") == REPAIRED.encode()
    work.git("add", "--all")
    second = work.commit()
    assert second.status == 0, second.said
    assert work.git("show", "HEAD:bad.txt") == REPAIRED


def misread(data: bytes, encoding: str) -> bytes:
    """Return bytes that were read in an encoding, with losses, and written as UTF-8."""
    return data.decode(encoding, "replace").encode()


HARM = {
    "UTF-8 read as GBK": ("a.txt", misread(CLEAN.encode(), "gbk"), "a.txt:1:1: TG201 misread text was introduced"),
    "GBK to UTF-8 with losses": (
        "old.txt",
        misread(CHINESE.encode("gbk"), "utf-8"),
        "old.txt:1:1: TG202 text was lost",
    ),
    "a mark added": ("a.txt", b"\xef\xbb\xbf" + CLEAN.encode(), "a.txt:1:1: TG102 a byte order mark (UTF-8) was added"),
    "line ends": (
        "a.txt",
        CLEAN.replace("\n", "\r\n"),
        "a.txt:1:17: TG103 line ends changed from LF to CRLF in 4 lines",
    ),
}


@pytest.mark.parametrize(("name", "data", "said"), HARM.values(), ids=HARM)
def test_the_guard_stops_harm_and_says_how_to_restore_it(repository: Any, name: str, data: bytes, said: str) -> None:
    work = repository("textmend-guard", old__txt=CHINESE.encode("gbk"))
    before = work.get(name)
    work.put(name, data)
    ran = work.commit()
    assert ran.status == 1
    assert said in ran.said
    assert f"to restore, and keep the rest of the edit: textmend guard --fix -- {name}" in ran.said
    (program,) = Path(work.environment["PRE_COMMIT_HOME"]).glob("repo*/py_env-*/bin/textmend")  # what was installed
    assert work.run(str(program), "guard", "--fix", "--", name).status == 1
    assert work.get(name) == before


def test_the_guard_passes_honest_edits_renames_deletions_binary_files_and_submodules(
    repository: Any, project: Repository, tmp_path: Path
) -> None:
    work = repository("textmend-guard", gone__txt=CLEAN, moved__txt=CLEAN * 3, logo__png=b"\x89PNG\r\n\x1a\n\0\0")
    inside = Repository(tmp_path / "inside", project.environment)
    inside.folder.mkdir()
    inside.git("init", "--quiet")
    inside.put("a.txt", CLEAN)
    inside.git("commit", "--quiet", "--message", "inside")
    work.put("a.txt", CLEAN.replace("plain line", "eine schöne Zeile?"))
    work.put("logo.png", b"\x89PNG\r\n\x1a\n\0\1\2\xff")
    work.git("rm", "--quiet", "gone.txt")
    work.git("mv", "moved.txt", "other.txt")
    work.git("submodule", "--quiet", "add", str(inside.folder), "sub")
    ran = work.commit()
    assert ran.status == 0, ran.said
    assert work.outcome(ran.said) == {"guard": "Passed"}


def test_the_guard_passes_a_merge(repository: Any) -> None:
    work = repository("textmend-guard", b__txt="one\ntwo\nthree\n")
    work.git("checkout", "--quiet", "-b", "side")
    work.put("a.txt", CLEAN.replace("\n", "\r\n"))
    work.put("b.txt", "one\ntwo on the side\nthree\n")
    work.git("commit", "--quiet", "--no-verify", "--message", "side")
    work.git("checkout", "--quiet", "main")
    work.put("b.txt", "one\ntwo\nthree on main\n")
    work.git("commit", "--quiet", "--message", "main")
    assert work.run("git", "merge", "side").status == 1  # b.txt is in conflict
    work.put("b.txt", "one\ntwo on the side\nthree on main\n")
    ran = work.commit()
    assert ran.status == 0, ran.said


def test_excluded_files_are_passed_over_even_when_named(repository: Any) -> None:
    work = repository(*HOOKS, pyproject__toml='[tool.textmend]\nexclude = ["quoted/"]\n')
    work.put("quoted/bad.txt", GARBLED)
    ran = work.commit()
    assert ran.status == 0, ran.said
    assert work.get("quoted/bad.txt") == GARBLED.encode()


def test_markers_keep_the_fixer_away(repository: Any) -> None:
    work = repository(*HOOKS)
    text = f"<!-- textmend: ignore-file -->\n{GARBLED}"
    work.put("about.md", text)
    ran = work.commit()
    assert ran.status == 0, ran.said
    assert work.get("about.md") == text.encode()


def test_a_range_of_commits_is_guarded_as_continuous_integration_runs_it(repository: Any) -> None:
    work = repository("textmend-guard")
    work.put("a.txt", misread(CLEAN.encode(), "gbk"))
    work.git("commit", "--quiet", "--no-verify", "--message", "past the hook")
    ran = work.run("pre-commit", "run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    assert ran.status == 1
    assert "a.txt:1:1: TG201" in ran.said
    assert work.run("pre-commit", "run", "--all-files").status == 0
