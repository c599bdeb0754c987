"""The process that compiles one PDF, and ends: `child.py TEMPLATE`, its words as JSON in, the PDF out.

It is run by its path, without Django, so that it starts in 20 ms, and without `signal` and `typing`, which took two
fifths of its start. It reads the templates of this folder and the fonts, no other files.
"""

import os
import sys

import typst

TEMPLATES = os.path.dirname(os.path.abspath(__file__))
#: The folder of Debian's fonts-dejavu-core. Without it any installed DejaVu is used, or the serif built into Typst.
DEJAVU = "/usr/share/fonts/truetype/dejavu"
#: Links to the two that templates are set in. Looking at the twenty others, and at those built into Typst, takes 5 ms.
FEW = os.path.join(TEMPLATES, "fonts")
#: The folder of the site.
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(TEMPLATES)))


def pdf_of(template: str, data: str) -> bytes:
    """Return the PDF of a template filled with data. Raises `typst.TypstError` if it cannot be made."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FEW])
    if len(fonts.fonts()) == len(os.listdir(FEW)):
        try:
            return compiled(template, data, fonts, is_accessible=True)
        except typst.TypstError as error:
            _check_letters(error)
    known = os.path.isdir(DEJAVU)
    fonts = typst.Fonts(include_system_fonts=not known, font_paths=[DEJAVU] if known else [])
    try:
        return compiled(template, data, fonts, is_accessible=True)
    except typst.TypstError as error:
        _check_letters(error)
        # PDF/UA forbids letters that no font has, so compile without it: still tagged, with a box for the letter.
        return compiled(template, data, fonts, is_accessible=False)


def compiled(template: str, data: str, fonts: typst.Fonts, is_accessible: bool) -> bytes:
    document = typst.Compiler(root=TEMPLATES, font_paths=fonts).compile(
        input=os.path.join(TEMPLATES, template),
        sys_inputs={"paper": data},
        format="pdf",
        pdf_standards=["ua-1"] if is_accessible else [],
        pdf_tags=True,
    )
    if not isinstance(document, bytes):
        raise TypeError("A PDF is one file.")
    return document


def _check_letters(error: typst.TypstError) -> None:
    """Raise the error, unless it is that no font has one of the letters."""
    if "could not be displayed" not in str(error):
        raise error


if __name__ == "__main__":
    # Last, so that no module of the site takes the place of another.
    sys.path.append(ROOT)
    from common.parent_process import end_after, end_with_parent

    template, parent, seconds = sys.argv[1:]
    end_with_parent(int(parent))
    # Where the kernel cannot end it with its parent, the alarm does.
    end_after(int(seconds))
    sys.stdout.buffer.write(pdf_of(template, sys.stdin.read()))
    sys.stdout.flush()
    # The kernel takes all its memory back at once, which is sooner than giving it back piece by piece.
    os._exit(0)
