"""Checks an uploaded logo, so that only a harmless picture reaches pages and papers."""

import io
import re
import warnings
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring, tostring
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_SIDE = 4000
STORED_SIDE = 1400  # 300 dots an inch on A3 need about 920 for the widest logo
PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg"}
SVG = "image/svg+xml"
MOST_ELEMENTS = 5000

DEEPEST = 60
SVG_SPACE = "{http://www.w3.org/2000/svg}"
XLINK_SPACE = "{http://www.w3.org/1999/xlink}"
NOTE_SPACES = (
    "{http://sodipodi.",
    "{http://www.inkscape.org/",
    "{http://ns.adobe.com/",
    "{http://www.bohemiancoding.com/",
)

SVG_ELEMENTS = frozenset(
    {
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "title",
        "desc",
        "defs",
        "use",
        "symbol",
        "clipPath",
        "mask",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "style",
        "switch",
    }
)
_URL = re.compile(r"url\(\s*['\"]?\s*([^)'\"]*)", re.IGNORECASE)
_HIDDEN = re.compile(r"\\|@import|javascript:|expression\(|data:|//", re.IGNORECASE)


class LogoError(Exception):
    """Why the file cannot be used, in a sentence for the person who chose it."""


@dataclass(frozen=True)
class Logo:
    """A picture that has been checked."""

    content: bytes
    mime: str


def check_logo(content: bytes, filename: str) -> Logo:
    """The logo ready to be stored. Raises LogoError when the file is not a plain picture.

    PNG and JPEG are drawn anew, which leaves behind whatever else the file held.
    """
    if len(content) > LARGEST_FILE:
        raise LogoError(_("The logo may be at most 2 MB."))
    ending = filename.rpartition(".")[2].lower()
    if ending == "svg":
        return _svg(content)
    if ending in {"png", "jpg", "jpeg"}:
        return _picture(content, "PNG" if ending == "png" else "JPEG")
    raise LogoError(_("Choose a PNG, JPEG or SVG file."))


def _picture(content: bytes, kind: str) -> Logo:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn_anew(content, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise LogoError(_("The picture cannot be read. Save it again as PNG or JPEG.")) from error


def _too_large() -> LogoError:
    return LogoError(_("The logo may be at most 4000 by 4000 pixels."))


def _drawn_anew(content: bytes, kind: str) -> Logo:
    with Image.open(io.BytesIO(content), formats=[kind]) as opened:
        if max(opened.size) > LARGEST_SIDE:
            raise _too_large()
        opened.verify()  # uses the file up, so it is opened once more
    with Image.open(io.BytesIO(content), formats=[kind]) as opened:
        picture = ImageOps.exif_transpose(opened)
        picture.load()
        picture.thumbnail((STORED_SIDE, STORED_SIDE))
    out = io.BytesIO()
    if kind == "PNG":
        picture.convert("RGBA").save(out, "PNG", optimize=True)
    else:
        picture.convert("RGB").save(out, "JPEG", quality=92, optimize=True)
    return Logo(out.getvalue(), PICTURES[kind])


def _svg(content: bytes) -> Logo:
    try:
        root = fromstring(content, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise _refused() from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise LogoError(_("The SVG file cannot be read. Save it again or use PNG.")) from error
    if root.tag != f"{SVG_SPACE}svg" or b"<?xml-stylesheet" in content or _depth(root) > DEEPEST:
        raise _refused()
    _drop_notes(root)
    if not all(_is_drawing(element) for element in root.iter()):
        raise _refused()
    _count_drawn(root)
    if "viewBox" not in root.attrib and not {"width", "height"} <= root.attrib.keys():
        raise LogoError(_("The SVG says nothing about its size. Save it with a viewBox."))
    return Logo(_written(root), SVG)


def _written(root: Element) -> bytes:
    """The drawing as text, always the same.

    The prefixes stand in the drawing itself: those that ElementTree keeps for the whole process are
    changed by whichever library was loaded last.
    """
    for element in root.iter():
        element.tag = element.tag.removeprefix(SVG_SPACE)
        for name in [name for name in element.attrib if name.startswith(XLINK_SPACE)]:
            element.set(f"xlink:{name.removeprefix(XLINK_SPACE)}", element.attrib.pop(name))
    root.set("xmlns", SVG_SPACE.strip("{}"))
    if any(name.startswith("xlink:") for element in root.iter() for name in element.attrib):
        root.set("xmlns:xlink", XLINK_SPACE.strip("{}"))
    text: bytes = tostring(root, encoding="utf-8")
    return text


def _refused() -> LogoError:
    return LogoError(
        _("The SVG holds more than a drawing (scripts, links or embedded files). Use PNG instead.")
    )


def _depth(root: Element) -> int:
    level, depth = [root], 0
    while level and depth <= DEEPEST:
        level, depth = [child for element in level for child in element], depth + 1
    return depth


def _drop_notes(element: Element) -> None:
    """Take out what drawing programs write for themselves; a paper never shows it."""
    for child in list(element):
        if child.tag == f"{SVG_SPACE}metadata" or child.tag.startswith(NOTE_SPACES):
            element.remove(child)
        else:
            _drop_notes(child)
    for name in [name for name in element.attrib if name.startswith(NOTE_SPACES)]:
        del element.attrib[name]


def _is_drawing(element: Element) -> bool:
    """Whether an element only draws: no script, no link out of the file, nothing embedded."""
    local = element.tag.removeprefix(SVG_SPACE)
    if local not in SVG_ELEMENTS or (local == "style" and not _is_harmless(element.text or "")):
        return False
    for name, value in element.attrib.items():
        attribute = name.rpartition("}")[2].lower()
        if attribute.startswith("on") or attribute in {"src", "base"}:
            return False
        if attribute == "href" and not value.strip().startswith("#"):
            return False
        if not _is_harmless(value):
            return False
    return True


def _is_harmless(css: str) -> bool:
    """Whether a style names nothing outside the file."""
    return not _HIDDEN.search(css) and all(url.startswith("#") for url in _URL.findall(css))


def _count_drawn(root: Element) -> None:
    """Raise LogoError when elements that repeat each other would draw without end."""
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    sizes: dict[Element, int] = {}

    def size(element: Element, above: frozenset[Element]) -> int:
        if element in above:
            raise _refused()
        if element not in sizes:
            targets = [by_id[name] for name in _references(element) if name in by_id]
            inner = (size(part, above | {element}) for part in [*element, *targets])
            sizes[element] = min(1 + sum(inner), MOST_ELEMENTS + 1)
        return sizes[element]

    if size(root, frozenset()) > MOST_ELEMENTS:
        raise _refused()


def _references(element: Element) -> list[str]:
    return [
        name
        for value in element.attrib.values()
        for name in ([value.strip()[1:]] if value.strip().startswith("#") else [])
        + [url[1:] for url in _URL.findall(value)]
    ]
