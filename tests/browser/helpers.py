"""What browser tests ask of a page: that a hand can use it, and that nothing is broken."""

import time
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

# Runs before the page's own scripts and keeps each breach of the content security policy.
WATCH_POLICY = """
window.policyBreaches = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.policyBreaches.push(event.violatedDirective + ' ' + event.blockedURI);
});
"""
# What htmx marks while it fetches and swaps.
UNDER_WAY = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"
AXE_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


class Watch:
    """Collects what went wrong on a page: console errors, exceptions, failed requests, breaches."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(f"exception: {error}"))
        page.on(
            "response",
            lambda r: self.errors.append(f"{r.status} {r.url}") if r.status >= 500 else None,
        )

    def _console(self, message: ConsoleMessage) -> None:
        # A refused form answers 422 and a guarded address 404: the browser notes both as errors.
        expected = "Failed to load resource" in message.text and (
            "422" in message.text or "404" in message.text
        )
        # htmx says the same once more in its own words.
        if message.type == "error" and not expected and "Response Status Error" not in message.text:
            self.errors.append(f"console: {message.text}")

    def collect(self) -> list[str]:
        """All that was seen, the page's breaches of the policy too."""
        if not self.page.is_closed():
            breaches: list[str] = self.page.evaluate("window.policyBreaches || []")
            self.errors.extend(f"policy: {breach}" for breach in breaches)
        return self.errors


class Hand:
    """Uses a page as a person does, and counts: each tap, each field filled, each key pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = self.fills = self.keys = 0
        self.started = time.monotonic()

    @property
    def interactions(self) -> int:
        """Everything the person did."""
        return self.taps + self.fills + self.keys

    @property
    def seconds(self) -> float:
        """Since the hand was made; the system's time, not a person's."""
        return time.monotonic() - self.started

    def tap(self, target: Locator) -> None:
        """Tap on a touch screen, click elsewhere."""
        self.taps += 1
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        """Type `text` in a field."""
        self.fills += 1
        target.fill(text)

    def press(self, key: str) -> None:
        """Press one key."""
        self.keys += 1
        self.page.keyboard.press(key)


def axe_violations(page: Page) -> list[str]:
    """What axe finds on the page when it stands: rule, and the first elements it is about."""
    # A click returns when the next page begins to arrive: without its style sheet its links
    # have neither room nor names.
    page.wait_for_load_state("load")
    expect(page.locator(UNDER_WAY)).to_have_count(0)
    response: dict[str, Any] = Axe().run(page, options=AXE_OPTIONS).response
    return [
        f"{violation['id']}: {violation['help']}: "
        + "; ".join(node["html"][:200] for node in violation["nodes"][:4])
        for violation in response["violations"]
    ]


def axe_clean(page: Page) -> None:
    """Axe finds nothing. Necessary for accessibility, far from sufficient."""
    found = axe_violations(page)
    assert not found, f"{page.url}: " + "\n".join(found)


def no_sideways_scroll(page: Page, *widths: int) -> None:
    """Nothing is wider than the screen, at each of `widths` (320 and 360 when none is given)."""
    before = page.viewport_size
    assert before is not None
    for width in widths or (320, 360):
        page.set_viewport_size({"width": width, "height": before["height"]})
        inside = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert inside <= 0, f"{inside} px too wide at {width} px: {widest(page)}"
    page.set_viewport_size(before)


def widest(page: Page) -> list[str]:
    """The elements that reach past the right edge, for the message of a failing test."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1)
            .slice(0, 5).map((e) => e.outerHTML.slice(0, 120))"""
    )
    return found


def small_targets(page: Page, smallest: int = 44) -> list[str]:
    """Visible links, buttons and fields lower than `smallest` pixels; links in text may be."""
    found: list[str] = page.evaluate(
        """(smallest) => [
              ...document.querySelectorAll('a, button, input, select, textarea, summary')
            ].filter((e) => {
              const box = e.getBoundingClientRect();
              const seen = {opacityProperty: true, visibilityProperty: true};
              const hidden = !e.checkVisibility(seen);
              const inText = e.tagName === 'A' && getComputedStyle(e).display === 'inline';
              const own = e.labels && e.labels[0];
              const label = own ? own.getBoundingClientRect().height : 0;
              return !hidden && !inText && box.width > 1
                && Math.max(box.height, label) < smallest - 0.5;
            })
            .map((e) => e.outerHTML.slice(0, 120))""",
        smallest,
    )
    return found
