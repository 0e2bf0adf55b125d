"""Logos: pictures are let in, everything else is refused with a sentence."""

import io
import struct
import zlib
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from cabi_crm.pdf.logos import LARGEST_FILE, STORED_SIDE, LogoError, check_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'
INKSCAPE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"><metadata><x/></metadata>'
    b'<a:v xmlns:a="http://www.inkscape.org/namespaces/inkscape"/><path d="M0 0"/></svg>'
)
LINKED = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 10 10">{}</svg>'
)


def picture(kind: str, size: tuple[int, int] = (40, 20), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (picture("PNG"), "logo.png", "image/png"),
        (picture("JPEG"), "Logo.JPG", "image/jpeg"),
        (picture("JPEG"), "logo.jpeg", "image/jpeg"),
        (SVG.format('<path d="M0 0h5"/>').encode(), "logo.svg", "image/svg+xml"),
        (
            SVG.format("<style>.a{fill:#123}</style><g class='a'/>").encode(),
            "a.svg",
            "image/svg+xml",
        ),
        (
            LINKED.format('<defs><path id="a" d="M0 0"/></defs><use xlink:href="#a"/>').encode(),
            "a.svg",
            "image/svg+xml",
        ),
        (
            SVG.format('<clipPath id="c"><rect/></clipPath><g clip-path="url(#c)"/>').encode(),
            "a.svg",
            "image/svg+xml",
        ),
        (
            INKSCAPE,
            "inkscape.svg",
            "image/svg+xml",
        ),
    ],
)
def test_an_ordinary_logo_is_let_in(content, name, mime):
    assert check_logo(content, name).mime == mime


def test_a_picture_is_drawn_anew_without_what_was_hidden_in_it():
    hostile = picture("PNG") + b"<script>alert(1)</script>"
    exif = Image.Exif()
    exif[0x010E] = "secret place"

    assert b"script" not in check_logo(hostile, "logo.png").content
    assert b"secret" not in check_logo(picture("JPEG", exif=exif), "logo.jpg").content


def test_a_large_picture_is_stored_no_larger_than_print_needs():
    logo = check_logo(picture("PNG", (3000, 1500)), "logo.png")

    assert Image.open(io.BytesIO(logo.content)).size == (STORED_SIDE, STORED_SIDE // 2)


def test_notes_of_drawing_programs_are_taken_out():
    content = SVG.format("<metadata>who made it</metadata><path d='M0 0'/>").encode()

    assert b"who made it" not in check_logo(content, "logo.svg").content


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "logo.png"),
        (b"GIF89a", "logo.gif"),
        (b"<html></html>", "logo.png"),
        (picture("JPEG"), "logo.png"),
        (picture("PNG")[:60], "logo.png"),
        (picture("PNG", (4001, 10)), "wide.png"),
        (png_that_claims(50_000, 50_000), "bomb.png"),
        (b"x" * (LARGEST_FILE + 1), "logo.png"),
        (b"MZ", "logo.png.exe"),
        (b"", "logo"),
        (b"", "logo.svg"),
        (b"<svg", "logo.svg"),
        (b"\xff\xfe<svg", "logo.svg"),
        (b"<html/>", "logo.svg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "nosize.svg"),
        (b'<svg viewBox="0 0 1 1"/>', "nonamespace.svg"),
        (SVG.format("<script>1</script>").encode(), "script.svg"),
        (SVG.format('<path onload="x()"/>').encode(), "onload.svg"),
        (SVG.format("<foreignObject/>").encode(), "foreign.svg"),
        (SVG.format('<image href="file:///etc/passwd"/>').encode(), "image.svg"),
        (SVG.format('<a href="http://x.test"/>').encode(), "link.svg"),
        (SVG.format("<animate/>").encode(), "animate.svg"),
        (LINKED.format('<use xlink:href="http://x.test/a.svg#a"/>').encode(), "use.svg"),
        (LINKED.format('<use xlink:href="data:image/svg+xml,x"/>').encode(), "data.svg"),
        (SVG.format('<rect fill="url(http://x.test/a)"/>').encode(), "url.svg"),
        (SVG.format("<rect style=\"fill:url('file:///x')\"/>").encode(), "style.svg"),
        (SVG.format("<style>@import 'http://x.test'</style>").encode(), "import.svg"),
        (SVG.format("<style>a{background:u\\72l(//x)}</style>").encode(), "escape.svg"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;").encode(), "entity.svg"),
        (
            b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            + SVG.format("&a;").encode(),
            "external.svg",
        ),
        (b'<?xml-stylesheet href="http://x.test"?>' + SVG.format("").encode(), "sheet.svg"),
        (SVG.format("<g>" * 200 + "</g>" * 200).encode(), "deep.svg"),
        (SVG.format("<g>" * 100_000 + "</g>" * 100_000).encode(), "deepest.svg"),
        (LINKED.format('<g id="a"><use xlink:href="#a"/></g>').encode(), "circle.svg"),
        (
            LINKED.format(
                '<g id="g0"><path d="M0 0"/></g>'
                + "".join(
                    f'<g id="g{i}">' + f'<use xlink:href="#g{i - 1}"/>' * 10 + "</g>"
                    for i in range(1, 9)
                )
            ).encode(),
            "laughs.svg",
        ),
    ],
)
def test_anything_else_is_refused_with_a_sentence(content, name):
    with pytest.raises(LogoError) as refused:
        check_logo(content, name)

    assert str(refused.value).endswith(".")


def test_a_drawing_is_stored_the_same_whatever_was_loaded_before(monkeypatch):
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        b'viewBox="0 0 9 9"><path id="a" d="M0 0h9" /><use xlink:href="#a" /></svg>'
    )
    first = check_logo(drawing, "maerke.svg").content
    # What WeasyPrint does to every ElementTree of the process when it is loaded.
    monkeypatch.setattr(ET, "_namespace_map", {"": ""})
    assert check_logo(drawing, "maerke.svg").content == first
    assert first.startswith(b"<svg ")
    assert b'<use xlink:href="#a"' in first
