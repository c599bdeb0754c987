"""axe for pages of very many words: it finds the same for less, as it reads each colour once."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

#: WCAG 2.2 A and AA, and what axe's makers hold to be good practice beside it.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Without reading style sheets by itself: for that axe adds a style, which the policy refuses as it should. And without
#: a list of all that is well.
QUICK = {"preload": False, "resultTypes": ["violations"]}
EVERYTHING = QUICK | {"runOnly": TAGS}

#: axe is compiled for browsers that have no private fields: each colour that it makes goes into seven weak maps, and
#: filling those and clearing them away was a quarter of what it cost. A property under a symbol holds the same.
_FIELDS = """((WeakMap, WeakSet) => {
    %s
})(
    class {
        at = Symbol();
        has(owner) { return owner != null && Object.hasOwn(owner, this.at); }
        get(owner) { return owner?.[this.at]; }
        set(owner, value) { owner[this.at] = value; return this; }
        delete(owner) { return delete owner[this.at]; }
    },
    class {
        at = Symbol();
        has(owner) { return owner != null && Object.hasOwn(owner, this.at); }
        add(owner) { owner[this.at] = true; return this; }
        delete(owner) { return delete owner[this.at]; }
    },
);
"""
#: A page has some dozen colours, and axe parses them anew for every word and all that it stands on.
_COLOURS = """{
    const { Color } = axe.commons.color;
    const { parseString } = Color.prototype;
    const parsed = new Map();
    Color.prototype.parseString = function (text) {
        if (parsed.has(text)) return Object.assign(this, parsed.get(text));
        parseString.call(this, text);
        const { r, g, b, alpha } = this;
        parsed.set(text, { r, g, b, alpha });
        return this;
    };
}
"""
#: To be added to pages before they are opened (`add_init_script`): the browser then compiles it once for all of them.
SCRIPT = _FIELDS % AXE_SCRIPT + _COLOURS


def violations(page: Page, options: dict, *, without: str = "[]") -> list[list]:
    """What is wrong with the page as it is now: for each rule that is broken its name, and where.

    `without` is a script that gives the elements not to be asked about.
    """
    return page.evaluate(_RUN % without, options)


_RUN = """options => axe.run({exclude: %s}, options).then(said => said.violations.map(
    one => [one.id, one.nodes.map(node => node.html.slice(0, 120))]))"""
