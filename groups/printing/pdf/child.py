"""The process that compiles one PDF, and ends: `child.py TEMPLATE`, its words as JSON in, the PDF out.

It is run by its path, without Django, so that it starts in 20 ms, and without `signal` and `typing`, which took two
fifths of its start. It reads the templates of this folder and the fonts, no other files.
"""

import os
import sys

import typst

TEMPLATES = os.path.dirname(os.path.abspath(__file__))
#: The folder of Debian's fonts-dejavu-core. Without it any installed DejaVu is used, or the serif built into Typst.
FONTS = "/usr/share/fonts/truetype/dejavu"
#: The folder of the site.
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(TEMPLATES)))


def pdf_of(template: str, data: str) -> bytes:
    """Return the PDF of a template filled with data. Raises `typst.TypstError` if it cannot be made."""
    known = os.path.isdir(FONTS)
    compiler = typst.Compiler(root=TEMPLATES, font_paths=[FONTS] if known else [], ignore_system_fonts=known)

    def compiled(is_accessible: bool) -> bytes:
        document = compiler.compile(
            input=os.path.join(TEMPLATES, template),
            sys_inputs={"paper": data},
            format="pdf",
            pdf_standards=["ua-1"] if is_accessible else [],
            pdf_tags=True,
        )
        if not isinstance(document, bytes):
            raise TypeError("A PDF is one file.")
        return document

    try:
        return compiled(is_accessible=True)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        # No font has one of the letters. PDF/UA forbids that, so compile without it: still tagged, with a box for it.
        return compiled(is_accessible=False)


if __name__ == "__main__":
    # Last, so that no module of the site takes the place of another.
    sys.path.append(ROOT)
    from common.parent_process import end_after, end_with_parent

    template, parent, seconds = sys.argv[1:]
    end_with_parent(int(parent))
    # Where the kernel cannot end it with its parent, the alarm does.
    end_after(int(seconds))
    # Web requests have priority.
    os.nice(10)
    sys.stdout.buffer.write(pdf_of(template, sys.stdin.read()))
    sys.stdout.flush()
    # The kernel takes all its memory back at once, which is sooner than giving it back piece by piece.
    os._exit(0)
