"""Pictures: their metadata go, the picture stays as it was and upright; broken and huge ones are
refused with a sentence."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image, ImageCms, ImageDraw, ImageOps, PngImagePlugin

from files import content_type, image_metadata
from files.models import attach_file
from tests import make
from tests.make import People

SECRET = b"Nairobi-secret"  # stands in every kind of metadata
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def drawing(mode: str = "RGB") -> Image.Image:
    """Wider than high, red in the upper left corner."""
    picture = Image.new(mode, (64, 32), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, 15, 15), fill="red" if mode != "L" else 0)
    return picture


def exif(orientation: int | None = None) -> Image.Exif:
    """A camera's name, its owner and its place, and perhaps how it was held."""
    made = Image.Exif()
    made[0x010F] = SECRET.decode()  # maker
    made[0xA430] = SECRET.decode()  # owner
    made.get_ifd(0x8825)[1] = "S"  # latitude
    if orientation:
        made[image_metadata.ORIENTATION] = orientation
    return made


def jpeg(orientation: int | None = None, mode: str = "RGB", **options: Any) -> bytes:
    """A JPEG with EXIF, XMP, IPTC, a comment, a maker's segment and a colour profile."""
    made = io.BytesIO()
    drawing(mode).save(
        made,
        "JPEG",
        exif=exif(orientation),
        icc_profile=PROFILE,
        comment=SECRET,
        dpi=(300, 300),
        **options,
    )
    body = made.getvalue()
    more = (
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
        (0xED, b"Photoshop 3.0\x008BIM" + SECRET),
        (0xE5, SECRET),
        (0xE0, b"JFXX\0" + SECRET),
    )
    return (
        body[:2]
        + body[2:20]
        + b"".join(b"\xff" + bytes([m]) + struct.pack(">H", len(c) + 2) + c for m, c in more)
        + body[20:]
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def png(orientation: int | None = None, **options: Any) -> bytes:
    """A PNG with EXIF, three kinds of text, a time and a colour profile."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET.decode())
    texts.add_text("Comment", SECRET.decode(), zip=True)
    texts.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    made = io.BytesIO()
    drawing().save(
        made,
        "PNG",
        exif=exif(orientation),
        pnginfo=texts,
        icc_profile=PROFILE,
        dpi=(300, 300),
        **options,
    )
    return made.getvalue().replace(
        chunk(b"IEND", b""),
        chunk(b"tIME", b"\x07\xea\x0b\x19\0\0\0") + chunk(b"prVt", SECRET) + chunk(b"IEND", b""),
    )


def taken(body: bytes, name: str = "scan.jpg") -> bytes:
    """What is left of an upload that is taken."""
    upload = SimpleUploadedFile(name, body)
    content_type.check_upload(upload)
    kept: bytes = upload.read()
    assert upload.size == len(kept)
    return kept


def shown(body: bytes) -> Image.Image:
    """The picture as its bytes alone say."""
    return Image.open(io.BytesIO(body))


@pytest.mark.parametrize("make_body", [jpeg, png])
def test_all_metadata_go_and_picture_profile_and_density_stay(make_body: Any) -> None:
    body = make_body()
    assert body.count(SECRET) >= 4
    kept = taken(body)
    assert (
        SECRET not in kept and b"Exif" not in kept and b"eXIf" not in kept and b"tIME" not in kept
    )
    before, after = shown(body), shown(kept)
    assert list(before.get_flattened_data()) == list(after.get_flattened_data())
    assert (
        after.info["icc_profile"] == PROFILE
        and round(after.info["dpi"][0]) == 300
        and not after.getexif()
    )


@pytest.mark.parametrize("make_body", [jpeg, png])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_that_its_metadata_turn_lies_as_it_was_seen(
    make_body: Any, orientation: int
) -> None:
    body = make_body(orientation)
    seen = ImageOps.exif_transpose(shown(body)).convert("RGB")
    kept = taken(body)
    after = shown(kept).convert("RGB")
    assert (
        SECRET not in kept
        and not shown(kept).getexif()
        and shown(kept).info["icc_profile"] == PROFILE
    )
    assert after.size == seen.size
    for corner in (
        (4, 4),
        (seen.width - 5, 4),
        (4, seen.height - 5),
        (seen.width - 5, seen.height - 5),
    ):
        assert all(
            abs(a - b) < 24
            for a, b in zip(after.getpixel(corner), seen.getpixel(corner), strict=True)  # type: ignore[arg-type]
        )


@pytest.mark.parametrize(
    ("mode", "options"),
    [("L", {}), ("CMYK", {}), ("RGB", {"progressive": True}), ("RGB", {"restart_marker_rows": 1})],
)
def test_grey_print_colour_progressive_and_restarting_jpegs_stay_as_they_are(
    mode: str, options: dict[str, Any]
) -> None:
    body = jpeg(mode=mode, **options)
    kept = taken(body)
    assert SECRET not in kept and list(shown(body).get_flattened_data()) == list(
        shown(kept).get_flattened_data()
    )
    turned = taken(jpeg(6, mode=mode, **options))
    assert shown(turned).size == (32, 64) and shown(turned).mode == mode


def test_transparent_pngs_keep_their_palette() -> None:
    made = io.BytesIO()
    drawing().convert("P").save(made, "PNG", transparency=0)
    kept = shown(taken(made.getvalue()))
    assert kept.mode == "P" and kept.info["transparency"] == 0


@pytest.mark.parametrize("make_body", [jpeg, png])
def test_what_follows_the_end_of_a_picture_is_dropped(make_body: Any) -> None:
    body = make_body()
    for more in (b"<script>alert(1)</script>", b"PK\x03\x04" + bytes(100), b"\0", body):
        assert taken(body + more) == taken(body)


def test_of_several_pictures_the_first_stays() -> None:
    several = io.BytesIO()
    drawing().save(
        several, "MPO", save_all=True, append_images=[Image.new("RGB", (64, 32), "blue")]
    )
    assert getattr(shown(several.getvalue()), "n_frames", 1) == 2
    kept = shown(taken(several.getvalue()))
    assert kept.format == "JPEG" and getattr(kept, "n_frames", 1) == 1
    moving = io.BytesIO()
    drawing().save(
        moving,
        "PNG",
        save_all=True,
        append_images=[Image.new("RGB", (64, 32), "blue")],
        duration=100,
    )
    assert shown(moving.getvalue()).n_frames == 2  # type: ignore[attr-defined]
    still = shown(taken(moving.getvalue()))
    assert getattr(still, "n_frames", 1) == 1 and still.convert("RGB").getpixel((1, 1)) == (
        255,
        0,
        0,
    )


@pytest.mark.parametrize("make_body", [jpeg, png])
def test_broken_and_truncated_pictures_are_refused_with_a_sentence_and_stay_as_they_are(
    make_body: Any,
) -> None:
    body = make_body()
    start = 8 if make_body is png else 3
    for length in (
        start,
        start + 1,
        30,
        len(body) // 2,
        len(body) - 200,
        len(body) - 13,
        len(body) - 1,
    ):
        upload = SimpleUploadedFile("scan.png", body[:length])
        with pytest.raises(
            ValidationError, match=r"“scan\.png” is broken or cut off\. Open it, save it again"
        ):
            content_type.check_upload(upload)
        assert upload.read() == body[:length] and upload.size == length


@pytest.mark.parametrize("make_body", [jpeg, png])
def test_a_byte_altered_anywhere_raises_nothing_else(make_body: Any) -> None:
    body = make_body(6)
    kind = "image/jpeg" if make_body is jpeg else "image/png"
    for place in range(2, len(body), 7):
        for value in (0, 255, body[place] ^ 8):
            try:
                image_metadata.without_metadata(
                    body[:place] + bytes([value]) + body[place + 1 :], kind
                )
            except (image_metadata.BrokenPicture, image_metadata.TooManyPixels):
                continue


def test_a_small_file_of_very_many_pixels_is_not_unpacked() -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    body = (
        image_metadata.PNG_START
        + header
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(
        ValidationError, match=r"more than 64 million pixels\. Scan it with fewer dots"
    ):
        taken(body, "scan.png")
    frame = jpeg()
    place = frame.index(b"\xff\xc0") + 5
    with pytest.raises(ValidationError, match="more than 64 million pixels"):
        taken(frame[:place] + struct.pack(">HH", 9000, 9000) + frame[place + 4 :])


def test_a_large_upload_that_lies_on_disc_is_cleaned_too() -> None:
    upload = TemporaryUploadedFile("scan.jpg", "image/jpeg", 0, None)
    upload.write(jpeg())
    upload.size = upload.tell()
    content_type.check_upload(upload)
    assert SECRET not in upload.read() and upload.size == upload.tell()


@pytest.mark.django_db
def test_size_and_hash_are_those_of_what_is_stored(people: People) -> None:
    case = make.submitted(people.kenya)
    # no form has looked at it
    kept = attach_file(
        "request", case.pk, SimpleUploadedFile("scan.jpg", jpeg(8) + SECRET), people.kenya
    )
    with kept.content.open("rb") as content:
        stored = content.read()
    assert (
        SECRET not in stored
        and kept.size == len(stored)
        and kept.sha256 == hashlib.sha256(stored).hexdigest()
    )
    assert kept.content_type == "image/jpeg" and shown(stored).size == (32, 64)
