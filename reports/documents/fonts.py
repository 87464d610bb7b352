"""The fonts of documents, from wheels: no system font, no download."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

FONT_PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic", "noto_cjk_sans_otc")


@cache
def font_folders() -> list[Path]:
    """Folders of the font wheels. Raises RuntimeError where one is not installed."""
    folders = []
    for name in FONT_PACKAGES:
        found = importlib.util.find_spec(name)
        if found is None or found.origin is None:
            raise RuntimeError(
                f"The font package {name} is not installed: install requirements/run.txt."
            )
        folders.append(Path(found.origin).parent)
    return folders
