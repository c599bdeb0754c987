"""QR codes as inline SVG."""

import re
from functools import lru_cache

#: The quiet zone that readers need, in modules.
_QUIET = 4
_ZERO = ord("0")
_BITS_OF_ASCII = 7
#: More than the modules on a side of any QR code.
_LARGEST = 178
#: A run of modules in a row, black (1) or white, and how each is drawn.
_RUN = re.compile("1+|0+")
_STROKES = {"1" * length: f"h{length}" for length in range(1, _LARGEST)} | {
    "0" * length: f"m{length} 0" for length in range(1, _LARGEST)
}


def qr(url: str) -> str:
    """Return the SVG of the QR code of a URL, black on white, with its quiet zone."""
    return _svg(*_modules(url))


# For lists that are printed again. The URL of a list says what somebody chose: `qr` keeps none.
@lru_cache(maxsize=1024)
def group_qr(url: str) -> str:
    """Return the SVG of the QR code of the short URL of a group, ".../g/abc12/": the same as that of `qr`, faster.

    Each bit of a URL flips the same modules, whatever the other bits are. So the code is that of ".../g/00000/",
    encoded once for each host, with the modules of each differing bit flipped.
    """
    start, _, code = url.removesuffix("/").rpartition("/")
    size, modules, turned = _codes_of_host(f"{start}/", len(code))
    for character, modules_of_bits in zip(code.encode("ascii"), turned, strict=True):
        for bit, turned_by_bit in enumerate(modules_of_bits):
            if (character ^ _ZERO) >> bit & 1:
                modules ^= turned_by_bit
    return _svg(size, modules)


@lru_cache(maxsize=8)
def _codes_of_host(start: str, length: int) -> tuple[int, int, list[list[int]]]:
    """Return the size and modules of the QR code of a code of zeros, and what each bit of each character turns."""
    zeros = "0" * length
    size, modules = _modules(f"{start}{zeros}/")
    turned = [
        [
            modules ^ _modules(f"{start}{zeros[:place]}{chr(_ZERO ^ 1 << bit)}{zeros[place + 1 :]}/")[1]
            for bit in range(_BITS_OF_ASCII)
        ]
        for place in range(length)
    ]
    return size, modules, turned


def _modules(url: str) -> tuple[int, int]:
    """Return the number of modules on a side, and all modules row by row as the bits of a number: 1 is black."""
    # Its tables take 3 MB, and most processes draw no code.
    import segno

    rows = segno.make(url, error="m", mode="byte", micro=False, mask=3).matrix
    return len(rows), int("".join("1" if module else "0" for row in rows for module in row), 2)


def _svg(size: int, modules: int) -> str:
    side, digits = size + 2 * _QUIET, f"{modules:0{size**2}b}"
    # A stroke of one module's height for each run of black ones, each row from where the last one ended.
    path, x, y = [f"M{_QUIET} {_QUIET}.5"], 0, 0
    for row in range(size):
        whole = digits[row * size : row * size + size]
        runs = whole.strip("0")
        if runs:
            start = whole.index("1")
            path += [f"m{start - x} {row - y}" if row else "", *map(_STROKES.__getitem__, _RUN.findall(runs))]
            x, y = start + len(runs), row
    return (
        f'<svg viewBox="0 0 {side} {side}" class="segno"><path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path class="qrline" stroke="#000" d="{"".join(path)}"/></svg>'
    )
