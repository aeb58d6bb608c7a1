"""Files that people send, good and hostile, made here so that no test needs one on the disk."""

from __future__ import annotations

import random
import resource
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PROGRAM = b"MZ\x90\x00" + b"\x00" * 200
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML_AS_JPEG = b"\xff\xd8\xff\xe0<html><script>alert(1)</script></html>"


def photo(size: tuple[int, int] = (60, 40), format: str = "JPEG", mode: str = "RGB", **more: Any) -> bytes:
    """A picture whose left upper corner is red and whose rest is blue."""
    image = Image.new("RGB", size, (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, size[0] // 2, size[1] // 2))
    out = BytesIO()
    image.convert(mode).save(out, format, **more)
    return out.getvalue()


def turned_photo(orientation: int, *, gps: bool = False) -> bytes:
    """A photo that says how the camera was held, and where."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo)[1] = "S"
        exif.get_ifd(ExifTags.IFD.GPSInfo)[2] = (20.0, 8.0, 41.0)
    return photo(exif=exif, quality=95)


def animated(format: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, format, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def bomb(side: int) -> bytes:
    """A PNG of side² points in a few kilobytes, sound in all its parts."""
    row = b"\x00" + b"\x00" * (side // 8 + 1)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _part(b"IHDR", head) + _part(b"IDAT", data) + _part(b"IEND", b"")


def _part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def scans(count: int) -> bytes:
    """A JPEG that claims so many passes."""
    return photo()[:-2] + b"\xff\xda\x00\x08" * count + b"\xff\xd9"


def noise(side: int) -> bytes:
    """A PNG of side² points of which nothing can be packed: about three bytes each."""
    out = BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(side).randbytes(side * side * 3)).save(out, "PNG")
    return out.getvalue()


def resident() -> int:
    """Bytes of memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
