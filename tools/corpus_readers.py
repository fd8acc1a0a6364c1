"""Readers that turn the files of a fetched package into lines of text.

Each reader takes an :class:`Archive` and its settings from ``sources/corpus.toml`` and yields ``(language, line)``
pairs, where the language is a BCP 47 tag as :func:`language_tag` writes it. A reader neither filters nor counts: that
is the collector's work (``corpus.py``), so that every source is held to the same rules.

>>> language_tag("pt_BR"), language_tag("zh_TW"), language_tag("sr@latin"), language_tag("iw")
('pt', 'zh-Hant', 'sr-Latn', 'he')
"""

from __future__ import annotations

import ast
import io
import json
import re
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

Line = tuple[str, str]
Reader = Callable[["Archive", dict[str, Any]], Iterator[Line]]

#: Tags that name a language by an older, longer or regional code, and what we call it.
_RENAMED = {
    "az-Latn": "az",
    "bs-Latn": "bs",
    "cmn": "zh-Hans",
    "cz": "cs",
    "dk": "da",
    "en-Latn": "en",
    "fil": "tl",
    "ge": "ka",
    "gr": "el",
    "ha-Latn": "ha",
    "hrv": "hr",
    "id-ID": "id",
    "in": "id",
    "iw": "he",
    "ji": "yi",
    "jp": "ja",
    "kk-Cyrl": "kk",
    "kr": "ko",
    "ks-Arab": "ks",
    "ku-Arab": "ckb",
    "mn-Cyrl": "mn",
    "mo": "ro",
    "nb-NO": "nb",
    "ng": "",
    "no": "nb",
    "pa-Guru": "pa",
    "sd-Arab": "sd",
    "se-SE": "sv",
    "sh": "sr-Latn",
    "sjn": "",
    "source": "",
    "sr-Cyrl": "sr",
    "tj": "tg",
    "tl-Latn": "tl",
    "ua": "uk",
    "uz-Latn": "uz",
    "vn": "vi",
    "xx": "",
    "yue-Hant": "yue",
    "zh": "zh-Hans",
    "zhs": "zh-Hans",
    "zht": "zh-Hant",
}

#: Regions in which Chinese is written in traditional characters.
_TRADITIONAL = {"TW", "HK", "MO"}

#: Regions of pseudo-locales, whose text only looks translated.
_PSEUDO = {"XA", "XB", "XC", "XL"}

#: Scripts as old-style locale modifiers and tags name them.
_SCRIPTS = {
    "latin": "Latn",
    "cyrillic": "Cyrl",
    "arabic": "Arab",
    "devanagari": "Deva",
    "valencia": "",
    "ijekavian": "",
}


def language_tag(name: str) -> str:
    """Return the BCP 47 tag (language, and script where it is not the usual one) for a locale name.

    Regions are dropped, so that all of a language's text stands in one file; Chinese keeps its script.
    Pseudo-locales give the empty string.
    """
    name = name.replace("_", "-")
    name, _, modifier = name.partition("@")
    language, *rest = name.split("-")
    language = language.lower()
    script = _SCRIPTS.get(modifier.lower(), "")
    region = ""
    for part in rest:
        if len(part) == 4 and part.isalpha():
            script = part.title()
        elif len(part) == 2:
            region = part.upper()
        elif part.lower() in _SCRIPTS:
            script = _SCRIPTS[part.lower()]
    if region in _PSEUDO:
        return ""
    if language == "zh" and not script:
        script = "Hant" if region in _TRADITIONAL else "Hans"
    tag = f"{language}-{script}" if script else language
    return _RENAMED.get(tag, tag)


def debian_data(package: bytes) -> bytes:
    """Return the archive of files inside a Debian package: the member of it that is named ``data``."""
    at = len(b"!<arch>\n")
    while at < len(package):
        name, size = package[at : at + 16], int(package[at + 48 : at + 58])
        at += 60
        if name.startswith(b"data."):
            return package[at : at + size]
        at += size + size % 2
    raise ValueError("no data in the package")


class Archive:
    """The files inside a wheel, a zip file, a source distribution, an npm or a Debian package."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip: zipfile.ZipFile | None = None
        self._tar: tarfile.TarFile | None = None
        self._members: dict[str, tarfile.TarInfo] = {}
        if zipfile.is_zipfile(path):
            self._zip = zipfile.ZipFile(path)
        else:
            data = io.BytesIO(debian_data(path.read_bytes())) if path.suffix == ".deb" else None
            self._tar = tarfile.open(path, fileobj=data)  # noqa: SIM115 - lives as long as the archive
            self._members = {member.name: member for member in self._tar if member.isfile()}

    def names(self, *patterns: str) -> list[str]:
        """The names of the files that match one of the shell patterns (all files without one), sorted."""
        names = self._zip.namelist() if self._zip else list(self._members)
        if patterns:
            names = [name for name in names if any(fnmatch(name, pattern) for pattern in patterns)]
        return sorted(name for name in names if not name.endswith("/"))

    def read(self, name: str) -> bytes:
        """The bytes of one file."""
        if self._zip:
            return self._zip.read(name)
        file = self._tar.extractfile(self._members[name]) if self._tar else None
        if file is None:
            raise FileNotFoundError(name)
        return file.read()

    def text(self, name: str) -> str:
        """One file as UTF-8 text, without a byte order mark; undecodable files read as empty."""
        try:
            return self.read(name).decode("utf-8-sig")
        except UnicodeDecodeError:
            return ""


# --- message catalogues ------------------------------------------------------------------------------------------


_PO_STRING = re.compile(r'^(?:#~ )?(msgid_plural|msgid|msgstr(?:\[\d+\])?|msgctxt)?\s*"(.*)"\s*$')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\n"}


def parse_po(text: str) -> Iterator[tuple[str, str]]:
    r"""Yield the (original, translation) pairs of a gettext catalogue, without its header and unsure entries.

    >>> list(parse_po('msgid "Yes"\nmsgstr "Ja"\n'))
    [('Yes', 'Ja')]
    """
    entry: dict[str, str] = {}
    key = ""
    fuzzy = next_fuzzy = False
    for line in [*text.splitlines(), 'msgid ""']:
        if line.startswith("#,") and "fuzzy" in line:
            next_fuzzy = True
        match = _PO_STRING.match(line)
        if not match or line.startswith("#~"):
            continue
        keyword, value = match.groups()
        if keyword in ("msgctxt", "msgid") and any(name.startswith("msgstr") for name in entry):
            if entry.get("msgid") and not fuzzy:
                for name, translation in entry.items():
                    if name.startswith("msgstr"):
                        plural = name not in ("msgstr", "msgstr[0]")
                        yield entry.get("msgid_plural", entry["msgid"]) if plural else entry["msgid"], translation
            entry = {}
        if keyword in ("msgctxt", "msgid") and not entry:
            fuzzy, next_fuzzy = next_fuzzy, False
        key = keyword or key
        entry[key] = entry.get(key, "") + _ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), value)


def read_po(archive: Archive, settings: dict[str, Any]) -> Iterator[Line]:
    """Translations from ``.../<locale>/LC_MESSAGES/*.po``, and their originals as English."""
    for name in archive.names(*settings.get("files", ["*.po"])):
        parts = name.split("/")
        locale = settings.get("language") or (
            parts[parts.index("LC_MESSAGES") - 1] if "LC_MESSAGES" in parts else parts[-1][:-3]
        )
        for original, translation in parse_po(archive.text(name)):
            yield "en", original
            if translation != original:
                yield language_tag(locale), translation


# --- Chromium's resource packs -----------------------------------------------------------------------------------


def parse_pak(data: bytes) -> Iterator[str]:
    """Yield the strings of a Chromium resource pack (format versions 4 and 5, UTF-8)."""
    (version,) = struct.unpack_from("<I", data)
    if version == 4:
        count, encoding = struct.unpack_from("<IB", data, 4)
        start = 9
    elif version == 5:
        encoding, count = struct.unpack_from("<B3xH", data, 4)
        start = 12
    else:
        raise ValueError(f"resource pack version {version} is not 4 or 5")
    if encoding != 1:
        return
    for index in range(count):
        _, begin, _, end = struct.unpack_from("<HIHI", data, start + 6 * index)
        yield data[begin:end].decode("utf-8", "ignore")


def read_pak(archive: Archive, settings: dict[str, Any]) -> Iterator[Line]:
    """Strings of ``<locale>.pak`` files."""
    for name in archive.names(*settings["files"]):
        language = language_tag(name.rpartition("/")[2].removesuffix(".pak"))
        for text in parse_pak(archive.read(name)):
            yield language, re.sub(r"<[^<>]{1,200}>", "", text)


# --- Unicode's locale data ---------------------------------------------------------------------------------------


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every string in nested JSON, with the keys that lead to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, path)


#: Keys of the locale data under which a string is a pattern of letters or a code, not text.
_CLDR_SKIP = {
    "identity", "dateFormats", "timeFormats", "dateTimeFormats", "dateSkeletons", "timeSkeletons", "narrow", "version",
    "dateTimeFormats-atTime", "dateTimeFormats-type-standard", "_numbers", "abbreviated", "timeZoneNames",
    "-alt-short", "-alt-variant", "short", "codePatterns", "gender", "_cldrVersion",
}  # fmt: skip


def read_cldr(archive: Archive, settings: dict[str, Any]) -> Iterator[Line]:
    """Names, keywords and phrases of every locale; keywords of one sign are joined to one line."""
    for name in archive.names(*settings["files"]):
        locale = name.split("/")[-2]
        if locale in ("und", "root") or locale.endswith("-POSIX"):
            continue
        language = language_tag(locale)
        keywords: dict[tuple[str, ...], list[str]] = {}
        for path, value in _leaves(json.loads(archive.read(name))):
            if not _CLDR_SKIP.isdisjoint(path) or value == path[-1]:
                continue
            if path[-1] == "default" and "annotations" in path:
                keywords.setdefault(path, []).append(value)
            else:
                yield language, value
        for words in keywords.values():
            yield language, ", ".join(words)


# --- JSON, Markdown, source code ---------------------------------------------------------------------------------


def read_json(archive: Archive, settings: dict[str, Any]) -> Iterator[Line]:
    """Every string of JSON files; ``pattern`` finds the locale in the name (group 1), unless ``language`` says it.

    With ``message``, only the strings under that key count.
    """
    message = settings.get("message")
    for name, language in _named_by_locale(archive, settings):
        try:
            data = json.loads(archive.text(name) or "null")
        except ValueError:
            continue
        for path, value in _leaves(data):
            if message is None or path[-1:] == (message,):
                yield language, value


def _named_by_locale(archive: Archive, settings: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The files that ``files`` names, each with its language: ``language``, or what ``pattern`` finds in the name."""
    pattern = re.compile(settings["pattern"]) if "pattern" in settings else None
    for name in archive.names(*settings["files"]):
        if pattern is None:
            yield name, settings["language"]
        elif found := pattern.search(name):
            yield name, language_tag(found[1])


_JS_STRING = re.compile(r'"((?:[^"\\\n]|\\.){2,2000})"|\'((?:[^\'\\\n]|\\.){2,2000})\'|`((?:[^`\\]|\\.){2,2000})`')
_JS_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)


def _unescape_js(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        code = found[1] or found[2] or found[3]
        return chr(int(code, 16)) if code else _ESCAPES.get(found[4], found[4])

    text = _JS_ESCAPE.sub(one, text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def read_js(archive: Archive, settings: dict[str, Any]) -> Iterator[Line]:
    """String literals of JavaScript locale files."""
    for name, language in _named_by_locale(archive, settings):
        for groups in _JS_STRING.findall(archive.text(name)):
            value = _unescape_js("".join(groups))
            if " " in value or not value.isascii():
                yield language, value


#: Names and words are joined to lines of this many, as they stand in lists.
_WORDS_A_LINE = 8


def read_python(archive: Archive, settings: dict[str, Any]) -> Iterator[Line]:
    """String literals of Python data modules; short ones are joined to lines."""
    for name, language in _named_by_locale(archive, settings):
        words: list[str] = []
        for node in ast.walk(ast.parse(archive.text(name))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and "{{" not in node.value
                and "http" not in node.value
            ):
                if len(node.value) > 30:
                    yield language, node.value
                elif len(node.value) > 1:
                    words.append(node.value)
        for start in range(0, len(words), _WORDS_A_LINE):
            yield language, settings.get("joint", ", ").join(words[start : start + _WORDS_A_LINE])


def read_properties(archive: Archive, settings: dict[str, Any]) -> Iterator[Line]:
    """Values of Java properties files."""
    for name, language in _named_by_locale(archive, settings):
        for line in archive.text(name).splitlines():
            key, separator, value = line.partition("=")
            if separator and not key.startswith("#"):
                yield language, _unescape_js(value.strip())


def read_text(archive: Archive, settings: dict[str, Any]) -> Iterator[Line]:
    """Files of plain running text in one language (``language``), or named by their locale (``pattern``)."""
    joined = bool(settings.get("paragraphs"))
    for name, language in _named_by_locale(archive, settings):
        text = archive.text(name)
        if joined:  # lines that were broken to fit a page are one paragraph
            text = "\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
        for line in text.splitlines():
            yield language, line


def read_code(archive: Archive, settings: dict[str, Any]) -> Iterator[Line]:
    """Lines of source code: those with letters beyond ASCII, and one in ``every`` of the others."""
    for name in archive.names(*settings["files"]):
        for number, line in enumerate(archive.text(name).splitlines()):
            if number % settings["every"] == 0 or not line.isascii():
                yield "en-code", line


READERS: dict[str, Reader] = {
    "cldr": read_cldr, "code": read_code, "js": read_js, "json": read_json, "pak": read_pak, "po": read_po,
    "properties": read_properties, "python": read_python, "text": read_text,
}  # fmt: skip
