"""QR codes as inline SVG."""

from functools import lru_cache

import segno


def qr(address: str) -> str:
    """Return the SVG of the QR code of a URL, black on white, with the quiet zone of four modules that readers need."""
    return segno.make(address, error="m", micro=False, mask=3).svg_inline(omitsize=True, border=4, light="#fff")


#: Cached, for the URLs of groups, which are on many lists. The URL of a list says what somebody chose: never cached.
group_qr = lru_cache(maxsize=4096)(qr)
