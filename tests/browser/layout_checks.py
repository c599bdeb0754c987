"""One look at a page: it is loaded once, and then seen at two widths, in two lights, spaced out and in few colours."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, Route, ViewportSize

from tests.browser import axe
from tests.pages.states import State

PHONE = ViewportSize(width=320, height=640)
DESKTOP = ViewportSize(width=1280, height=900)
#: A window of 1280 by 1024 at 400 %; and at 200 %, where only letters are made larger.
CLOSE = ViewportSize(width=320, height=256)
LARGE = ViewportSize(width=640, height=512)
LOOK_SCRIPT = Path(__file__).with_name("look.js").read_text()
#: What `faults` asks pages with: they are given it before they are opened (`add_init_script`).
SCRIPTS = axe.SCRIPT + LOOK_SCRIPT
#: What hangs on how wide a page is, and on its colours; the rest of axe reads what a page says.
DRAWN = axe.QUICK | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]}}
_COLOUR = axe.QUICK | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
#: Least contrast: of an edge, as WCAG says; and for somebody who asked for more, as of words.
_EDGE, _MORE = 3, 4.5
#: As high as a finger needs, in CSS pixels: what our main targets are held to.
_FINGER = 44
#: As high as WCAG 2.2 asks of all that is pressed and does not stand in a sentence (2.5.8).
LOWEST = 24


def open_state(page: Page, site: str, state: State) -> None:
    """Go where a page is in this state: for one that comes after a form, fill it in and send it."""
    address = site + state.address
    if state.shown is not None:
        message = state.shown()

        def answer(route: Route) -> None:
            route.fulfill(status=message.status_code, headers=dict(message.headers), body=message.content)

        page.route(address, answer)
    page.goto(address)
    if state.sent is not None:
        with page.expect_navigation():
            page.evaluate(_SEND, state.sent)


_SEND = """sent => {
    const form = document.querySelector("main form[method=post]");
    for (const [name, typed] of Object.entries(sent)) {
        const boxes = [...form.elements].filter(one => one.name === name);
        if (!boxes.length) throw new Error(`There is no box ${name}`);
        for (const one of boxes)
            if (one.type === "radio") one.checked = one.value === typed; else one.value = typed;
    }
    form.submit();
}"""


def faults(page: Page, *, is_first_of_kind: bool) -> Iterator[tuple[str, list]]:
    """What is wrong with the page that is open, by the name of what was asked; it is left wide and dark.

    It was opened with SCRIPTS.
    Every rule is tried on the phone in light, and on the desk in dark those that can differ there; of rows of one shape
    two are looked at, but on the first page of a kind. The other two corners of that square differ from these in
    colours alone, and those are the same for all pages of a kind.
    """
    _show(page, PHONE, "light")
    yield "axe on a phone", axe.violations(page, axe.EVERYTHING, without="[]" if is_first_of_kind else "look.alike()")
    yield "sideways", page.evaluate("look.tooWide()")
    yield "cut off", page.evaluate("look.cutOff()")
    yield "too small", page.evaluate("least => look.tooSmall(least)", _FINGER)
    yield "too small", page.evaluate("least => look.tooLow(least)", LOWEST)
    yield "faint", page.evaluate("least => look.faint(least)", _EDGE)

    page.evaluate("look.space()")
    yield "spaced", page.evaluate("[...look.tooWide(), ...look.cutOff()]")
    page.evaluate("look.space()")

    if is_first_of_kind:
        yield from faults_of_use(page)
        yield "large letters", _in_large_letters(page, "[...look.tooWide(), ...look.cutOff()]")
        page.set_viewport_size(PHONE)

    page.emulate_media(forced_colors="active")
    yield "few colours", page.evaluate("least => look.faint(least)", _EDGE)
    page.emulate_media(forced_colors="none", contrast="more")
    yield "more contrast", page.evaluate("least => look.faint(least)", _MORE)
    page.emulate_media(color_scheme="dark")
    yield "more contrast", page.evaluate("least => look.faint(least)", _MORE)
    page.emulate_media(contrast="no-preference")

    if is_first_of_kind:
        yield "axe on a phone in the dark", axe.violations(page, _COLOUR)
    _show(page, DESKTOP, "dark")
    if is_first_of_kind:
        yield "axe on a desk in the dark", axe.violations(page, axe.EVERYTHING)
    else:
        yield "axe on a desk in the dark", axe.violations(page, DRAWN, without="look.drawnAlike()")
    yield "sideways", page.evaluate("look.tooWide()")
    yield "faint", page.evaluate("least => look.faint(least)", _EDGE)
    if is_first_of_kind:
        _show(page, DESKTOP, "light")
        yield "axe on a desk", axe.violations(page, _COLOUR)


def faults_of_use(page: Page) -> Iterator[tuple[str, list]]:
    """What is wrong for somebody whom motion makes ill, who chose their own colours, or who sees a little at a time.

    The page has `look`; it is left with a small window.
    """
    page.emulate_media(reduced_motion="reduce", forced_colors="active")
    yield "moving", page.evaluate("look.moving()")
    yield "focus in few colours", page.evaluate("least => look.unseenFocus(least)", _EDGE)
    page.emulate_media(forced_colors="none")
    page.set_viewport_size(CLOSE)
    yield "close", page.evaluate("[...look.tooWide(), ...look.covered()]")


def _in_large_letters(page: Page, question: str) -> list:
    """What a page says to a question where somebody has told their browser to make letters twice as large."""
    page.set_viewport_size(LARGE)
    browser = page.context.new_cdp_session(page)
    browser.send("Page.enable")
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    answer = page.evaluate(question)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    browser.detach()
    return answer


def _show(page: Page, window: ViewportSize, light: str) -> None:
    page.set_viewport_size(window)
    page.emulate_media(color_scheme=light)
