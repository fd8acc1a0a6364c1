from collections.abc import Callable
from typing import Any

def give_back() -> None: ...
def line_ends(text: str, /) -> tuple[int, int]: ...

class Kernel:
    def __init__(
        self, settings: dict[str, Any], groups: list[dict[str, Any]], describe: Callable[[int], bytes], /
    ) -> None: ...
    def token(self, token: str, /) -> int: ...
    def packed(self, text: str, /) -> int: ...
    def cost(self, text: str, /) -> int: ...
    def settle(self, packed: int, supposed: bool, /) -> int: ...
    def language(self, text: str, /) -> int: ...
    def latin(self, packed: int, /) -> int: ...
    def gain(self, shared: int, before: list[str], after: list[str], /) -> int: ...

class Scanner:
    def __init__(
        self,
        describe: Callable[[int], bytes],
        verdict: Callable[[str], int],
        odd: Callable[[str], bool],
        pairs: bytes,
        /,
        *limits: int,
    ) -> None: ...
    def scan(self, text: str, /) -> int: ...
    def live(
        self,
        text: str,
        looks: tuple[Callable[[str], bool], Callable[[str], bool], Callable[[str], object]],
        enough: Callable[[str], object],
        /,
    ) -> int: ...
    def lines(
        self,
        text: str,
        start: int,
        end: int,
        looks: tuple[Callable[[str], bool], Callable[[str], bool], Callable[[str], object]],
        /,
    ) -> tuple[list[tuple[int, str, int]], list[int], int]: ...

class Ranker:
    def __init__(
        self,
        names: list[str],
        images: bytes,
        scripts: bytes,
        costs: Callable[[int], bytes],
        readers: list[tuple[int, bytes]],
        /,
        *limits: int,
    ) -> None: ...
    def rivals(self, text: str, mixed: int, most: int, /) -> list[tuple[int, str, str]]: ...
    def outranked(self, text: str, cheaper: int, mixed: int, /) -> bool: ...
    def rank(self, high: bytes, mixed: int, small: int, /) -> list[tuple[int, str]]: ...

class Sieve:
    def __init__(
        self, describe: Callable[[int], bytes], scan: Callable[[str], int], misread: Callable[[str], int], /
    ) -> None: ...
    def look(self, text: str, wanted: int, /) -> int: ...

class Reader:
    def __init__(self, describe: Callable[[int], bytes], shown: list[str], /) -> None: ...
    def everywhere(self, text: str, /) -> tuple[str, list[tuple[int, str, str]]] | None: ...
    def plain(self, text: str, /) -> str | None: ...
    def proved(self, text: str, candidate: str, /) -> list[tuple[int, str, str]] | None: ...
    def lines(self, text: str, start: int, end: int, longest: int, unbroken: int, /) -> list[tuple[int, str]]: ...

class Verifier:
    def __init__(
        self,
        names: tuple[str, ...],
        common: tuple[int, ...],
        single: tuple[bool, ...],
        prices: tuple[float, ...],
        shown: Callable[[str], tuple[int, int, int]],
        facts: Callable[[str], int],
        reader: Callable[[int], object],
        scan: Callable[[str], int],
        weighed: Callable[[str, str, float], float],
        doubtful: Callable[[str], bool],
        normal: Callable[[str], bool],
        model: Kernel,
        limits: tuple[float, ...],
        /,
    ) -> None: ...
    def verified(self, text: str, /) -> list[tuple[str, str, float, float]] | None: ...

class Teller:
    def __init__(
        self,
        verifier: Verifier,
        ranker: Ranker,
        model: Kernel,
        read: Callable[[bytes, str], str | None],
        signs: Callable[[str, int], bytes],
        writers: tuple[str, ...],
        readers: tuple[str, ...],
        several: tuple[str, ...],
        prices: tuple[float, ...],
        reader_prices: tuple[float, ...],
        bits: tuple[int, ...],
        orders: tuple[int, ...],
        reader_orders: tuple[int, ...],
        several_prices: tuple[float, ...],
        limits: tuple[float, ...],
        /,
    ) -> None: ...
    def told(self, line: str, /) -> tuple[str, str, str, float, bool] | None: ...
    def dearer(self, line: str, several: bool, writer: int, reader: int, most: int, /) -> int | None: ...
    def left(
        self, line: str, here: int, most: int, asked: tuple[tuple[bool, int, int] | None, ...], /
    ) -> list[int]: ...
    def apart(self, text: str, one: int, other: int, /) -> int: ...
    def promising(
        self,
        window: str,
        weighed: str,
        views: list[tuple[bytes, int, int, float]],
        most: int,
        limits: tuple[float, ...],
        /,
    ) -> list[tuple[str, float]] | None: ...
