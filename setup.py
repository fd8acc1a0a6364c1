"""What pyproject.toml cannot say: the kernel in C is compiled where a compiler is, and left out elsewhere."""

import sys

from setuptools import Extension, setup

_PARTS = ("kernel", "scorer", "scanner", "ranker", "sieve", "reader", "verifier", "teller", "windows")

setup(
    ext_modules=[
        Extension(
            "textmend._kernel",
            [f"src/textmend/_{part}.c" for part in _PARTS],
            depends=["src/textmend/_kernel.h", "src/textmend/_teller.h"],
            extra_compile_args=[] if sys.platform == "win32" else ["-O3"],
            optional=True,
        )
    ]
)
