from collections.abc import Callable
from typing import Any

class Kernel:
    def __init__(
        self, settings: dict[str, Any], groups: list[dict[str, Any]], describe: Callable[[int], bytes], /
    ) -> None: ...
    def token(self, token: str, /) -> int: ...
    def settle(self, packed: int, supposed: bool, /) -> int: ...

class Scanner:
    def __init__(
        self, describe: Callable[[int], bytes], verdict: Callable[[str], int], signs: bytes, /, *limits: int
    ) -> None: ...
    def scan(self, text: str, /) -> int: ...
    def live(self, text: str, promising: Callable[[str], bool], outranked: Callable[[str], bool], /) -> int: ...

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
    def outranked(self, text: str, cheaper: int, mixed: int, /) -> bool: ...
    def rank(self, high: bytes, mixed: int, /) -> list[tuple[int, str]]: ...
