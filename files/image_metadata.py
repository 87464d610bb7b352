"""Pictures without what cameras, scanners and programs write beside the picture: place, owner,
device, comments, earlier versions.

Lossless where it can be: the parts of a JPEG or PNG that make the picture are copied, all others
are left out, and with them whatever follows the end. Only a picture that its metadata turns is
encoded anew, so that it stays upright without them.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, JpegImagePlugin

MOST_PIXELS = 64_000_000  # an A3 page at 500 dots per inch; about 256 MB while it is turned
ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4
TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"iCCP",
    b"cICP",
    b"sBIT",
    b"bKGD",
    b"pHYs",
}
# frames, tables, scans, restart intervals: ITU T.81, table B.1
JPEG_KEPT = {*range(0xC0, 0xD0), *range(0xDA, 0xDE)} - {0xC8}
# a marker that is neither a stuffed byte nor a restart
SCAN_END = re.compile(rb"\xff(?=[^\x00\xd0-\xd7\xff])")


class BrokenPicture(ValueError):
    """The bytes do not make a whole picture."""


class TooManyPixels(ValueError):
    """The picture would take more memory than is given to one."""


def without_metadata(body: bytes, content_type: str) -> bytes:
    """The picture alone, upright, with its colour profile.

    Raises BrokenPicture or TooManyPixels; what is no picture comes back as it is.
    """
    if content_type == "image/jpeg":
        bare, exif, form = *_bare_jpeg(body), "JPEG"
    elif content_type == "image/png":
        bare, exif, form = *_bare_png(body), "PNG"
    else:
        return body
    turn = TURNED.get(_orientation(exif))
    try:
        with Image.open(io.BytesIO(bare), formats=[form]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooManyPixels
            if turn is None:
                # a JPEG is read to its end, but at an eighth of its size
                picture.draft(None, (1, 1))
                picture.load()
                return bare
            return _encoded(picture, turn, form)
    except TooManyPixels:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except Exception as error:  # decoders raise what they happen to meet: OSError, SyntaxError, ValueError, zlib.error, struct.error, …
        raise BrokenPicture(str(error)) from error


def _encoded(picture: Image.Image, turn: Image.Transpose, form: str) -> bytes:
    """The picture turned and written again; a JPEG with the fineness it had."""
    asis: dict[str, object] = {
        name: picture.info[name] for name in ("icc_profile", "dpi") if picture.info.get(name)
    }
    fine: dict[str, object] = {"quality": 95}
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        sampling = JpegImagePlugin.get_sampling(picture)
        fine = {"qtables": picture.quantization, "subsampling": sampling if sampling >= 0 else 0}
    turned = picture.transpose(turn)
    made = io.BytesIO()
    try:
        turned.save(made, form, **asis, **fine)
    except (
        ValueError,
        OSError,
    ):  # tables that the encoder does not write, such as those of 16 bits
        made = io.BytesIO()
        turned.save(made, form, **asis, quality=95)
    return made.getvalue()


def _orientation(exif: bytes) -> int:
    """How the metadata turn the picture, 1 to 8; 1, as it lies, where they do not say it readably."""
    if not exif:
        return 1
    try:
        known = Image.Exif()
        known.load(exif)
        return int(known.get(ORIENTATION, 1))
    except Exception:  # damaged metadata are dropped anyway
        return 1


def _bare_png(body: bytes) -> tuple[bytes, bytes]:
    """The chunks that make the picture, up to the end (of an animated one its first picture), and
    its EXIF."""
    kept, exif = [PNG_START], b""
    for kind, content, whole in _chunks(body):
        if kind in PNG_KEPT:
            kept.append(whole)
        elif kind == b"eXIf":
            exif = content
        if kind == b"IEND":
            return b"".join(kept), exif
    raise BrokenPicture("no end")


def _chunks(body: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, content and all bytes of each chunk: PNG, section 5.3."""
    at = len(PNG_START)
    while at + 12 <= len(body):
        (length,) = struct.unpack_from(">I", body, at)
        end = at + 12 + length
        kind, content, check = body[at + 4 : at + 8], body[at + 8 : end - 4], body[end - 4 : end]
        if end > len(body) or zlib.crc32(kind + content) != int.from_bytes(check):
            raise BrokenPicture(f"chunk at {at}")
        yield kind, content, body[at:end]
        at = end


def _bare_jpeg(body: bytes) -> tuple[bytes, bytes]:
    """The segments that make the picture, up to its end (of several pictures the first), and its
    EXIF."""
    kept, exif, at = [body[:2]], b"", 2
    while True:
        marker, at = _marker(body, at)
        if marker == 0xD9:
            return b"".join([*kept, b"\xff\xd9"]), exif
        if marker in (
            0x01,
            *range(0xD0, 0xD9),
        ):  # those without content do not stand between segments of a whole picture
            raise BrokenPicture(f"marker at {at}")
        length = int.from_bytes(body[at : at + 2])
        content, after = body[at + 2 : at + length], at + length
        if length < 2 or after > len(body):
            raise BrokenPicture(f"segment at {at}")
        if marker == 0xE1 and content.startswith(b"Exif\0") and not exif:
            exif = content
        kept.append(_kept(marker, content))
        if marker == 0xDA:
            end = SCAN_END.search(body, after)
            if end is None:
                raise BrokenPicture("no end")
            kept.append(body[after : end.start()])
            after = end.start()
        at = after


def _marker(body: bytes, at: int) -> tuple[int, int]:
    """The marker that stands here, and where what follows it begins; any number of 0xFF may stand
    before it."""
    start = at
    while at < len(body) and body[at] == 0xFF:
        at += 1
    if at == start or at >= len(body):
        raise BrokenPicture(f"no marker at {start}")
    return body[at], at + 1


def _kept(marker: int, content: bytes) -> bytes:
    """The segment as it is kept; nothing for metadata.

    Of JFIF the density stays, its small picture does not.
    """
    if marker == 0xE0 and content.startswith(b"JFIF\0") and len(content) >= 14:
        content = content[:12] + b"\0\0"
    elif not (
        marker in JPEG_KEPT
        or (marker == 0xE2 and content.startswith(b"ICC_PROFILE\0"))
        or (marker == 0xEE and content.startswith(b"Adobe"))
    ):
        return b""
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content
