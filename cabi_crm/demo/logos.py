"""Logos of the demo: simple marks that belong to nobody."""

INKS = ("#1f4e5f", "#7a2e3a", "#2f5d3a", "#8a5a13", "#3b3f73", "#5b4636")
_LEAF = (
    '<path d="M12 96C12 40 40 12 108 12 108 68 80 108 24 108z"/>'
    '<path fill="none" stroke="#fff" stroke-width="6" d="M18 104 86 36"/>'
)
MARKS = (
    '<circle cx="60" cy="60" r="52"/><path fill="#fff" d="M60 22 92 92H28z"/>',
    '<path d="M60 6 114 60 60 114 6 60z"/><circle fill="#fff" cx="60" cy="60" r="22"/>',
    _LEAF,
    '<path d="M8 108V52l52-40 52 40v56z"/><path fill="#fff" d="M48 108V70h24v38z"/>',
    '<path d="M8 72c18-20 34-20 52 0s34 20 52 0v36H8z"/><circle cx="60" cy="32" r="22"/>',
    '<path d="M12 12h96v96H12z"/><path fill="#fff" d="M30 30h26v26H30zm34 34h26v26H64z"/>',
)
ORGANISATION = (
    '<path d="M60 4C28 4 12 14 12 14v44c0 34 24 50 48 58 24-8 48-24 48-58V14S92 4 60 4z"/>'
    '<path fill="#fff" d="M24 66c12-9 24-9 36 0s24 9 36 0v9c-12 9-24 9-36 0s-24-9-36 0zm0 18c12-9 '
    '24-9 36 0s24 9 36 0v5c-12 9-24 9-36 0s-24-9-36 0z"/>'
    '<path fill="#fff" d="M58 24h4v26h-4zm-14 8h32v4H44z"/>'
)


def _svg(ink: str, mark: str) -> bytes:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" fill="{ink}">'
    return f"{head}{mark}</svg>".encode()


def organisation_logo() -> bytes:
    """The municipality's mark."""
    return _svg("#0b4a91", ORGANISATION)


def firm_logo(number: int) -> bytes:
    """One of the firms' marks; `number` chooses shape and colour."""
    return _svg(INKS[number // len(MARKS) % len(INKS)], MARKS[number % len(MARKS)])
