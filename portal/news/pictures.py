"""Pictures for the public: made anew in two sizes, so that nothing of the file comes with them."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from files.image_metadata import without_metadata

WIDTHS = {"small": 480, "large": 1200}  # pixels at most; neither is made larger than it was
TALLEST = 1600
QUALITY = 80


@dataclass(frozen=True)
class PictureSizes:
    """The bytes of both (JPEG), and the size of the large one in pixels."""

    small: bytes
    large: bytes
    width: int
    height: int


def sizes_of(body: bytes, content_type: str) -> PictureSizes:
    """Both sizes of a JPEG or PNG, upright.

    Raises BrokenPicture or TooManyPixels (`files.image_metadata`) for what cannot be read.
    """
    bare = without_metadata(body, content_type)
    made: dict[str, bytes] = {}
    size = (0, 0)
    with Image.open(io.BytesIO(bare), formats=["JPEG", "PNG"]) as picture:
        plain = on_white(picture)
        for name, width in WIDTHS.items():
            copy = plain.copy()
            copy.thumbnail((width, TALLEST))
            out = io.BytesIO()
            copy.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
            made[name], size = out.getvalue(), copy.size
    return PictureSizes(made["small"], made["large"], *size)


def on_white(picture: Image.Image) -> Image.Image:
    """The picture in RGB; what can be seen through becomes white."""
    if picture.mode not in ("RGBA", "LA", "P"):
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    sheet = Image.new("RGB", clear.size, "white")
    sheet.paste(clear, mask=clear.getchannel("A"))
    return sheet
