"""What pyproject.toml cannot say: the kernel in C is compiled where a compiler is, and left out elsewhere."""

import sys

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "textmend._kernel",
            ["src/textmend/_kernel.c", "src/textmend/_sieve.c"],
            extra_compile_args=[] if sys.platform == "win32" else ["-O3"],
            optional=True,
        )
    ]
)
