"""Pictures that people upload: looked at, bounded, and drawn anew, so that nothing but pixels is kept."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

KINDS = ("PNG", "JPEG", "GIF", "WEBP")
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
THUMB = (480, 240)


class NoPicture(ValueError):
    """Why a file was refused, in one sentence for the person who sent it."""


def thumbnail(body: bytes, size: tuple[int, int] = THUMB) -> bytes:
    """A PNG of at most that many pixels. Raises NoPicture for what is none, or too large to be opened safely.

    The number of pixels is read from the header before any of them is unpacked.
    """
    if len(body) > MOST_BYTES:
        raise NoPicture("The file is larger than 5 MB. Save a smaller copy.")
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head or head.startswith(b"<?xml"):
        raise NoPicture("An SVG can hold programs, so it is not taken. Save the logo as a PNG.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(body, size)
    except NoPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NoPicture(_TOO_MANY) from None
    except UnidentifiedImageError:
        raise NoPicture("The file is no picture that can be read. Take a PNG, JPEG, GIF or WebP.") from None
    except Exception:  # OSError, ValueError, SyntaxError, struct.error …: whatever a decoder trips over
        raise NoPicture("The picture is damaged. Save it again and take that file.") from None


_TOO_MANY = "The picture has more than 25 million pixels. Save a smaller copy."


def _drawn(body: bytes, size: tuple[int, int]) -> bytes:
    with Image.open(io.BytesIO(body), formats=KINDS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise NoPicture(_TOO_MANY)
        picture.draft("RGB", size)
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail(size)
    out = io.BytesIO()
    upright.save(out, "PNG", optimize=True)
    return out.getvalue()
