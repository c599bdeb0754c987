"""QR codes for a page, as pictures of lines."""

from functools import lru_cache

import segno


def qr(address: str) -> str:
    """The QR code of an address, black on white, with the four white modules around it that readers need."""
    return segno.make(address, error="m", micro=False, mask=3).svg_inline(omitsize=True, border=4, light="#fff")


#: For the addresses of groups, which stand on many lists. A list's own address says who chose what: it is not kept.
group_qr = lru_cache(maxsize=4096)(qr)
