"""Reads a PDF back as it stands on the paper and as a screen reader reads it: words, tags, sizes and places."""

import ctypes
import io
import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import pypdf
import pypdfium2
from pypdfium2 import raw

MM = 72 / 25.4
#: Of a picture in a document that is no PDF/UA.
_NO_BOX = (0, 0, 0, 0)


@dataclass(frozen=True)
class Run:
    """Some letters that stand in a row. Places are in points from the left and from the foot of the page."""

    page: int
    #: The tags around it, the outermost first; none: a screen reader passes over it.
    tags: tuple[str, ...]
    text: str
    size: float
    left: float
    bottom: float
    right: float
    top: float
    upside_down: bool
    #: Which heading of the document it is in; 0 for none.
    heading: int = 0

    @property
    def level(self) -> str:
        """ "H1" and so on for a heading, "" for what is none."""
        return next(filter(is_heading, self.tags), "")


@dataclass(frozen=True)
class Picture:
    """A picture, with the words for those who cannot see it."""

    page: int
    alt: str
    #: Its box, in points from the left and from the foot of the page.
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class Leaf:
    """An end of the tree of tags: some marked content of a page, or a picture with its words."""

    tags: tuple[str, ...]
    page: int
    mcid: int | None = None
    alt: str = ""
    #: Of a picture: left, bottom, right and top.
    box: tuple[float, float, float, float] = (0, 0, 0, 0)
    heading: int = 0


class Paper:
    """A PDF, opened."""

    def __init__(self, content: bytes):
        self.content = content
        self.reader = pypdf.PdfReader(io.BytesIO(content))
        self.root = self.reader.trailer["/Root"]
        self.pages = len(self.reader.pages)

    @cached_property
    def sizes(self) -> list[tuple[float, float]]:
        """The width and the height of each page, in points."""
        return [tuple(map(float, page.mediabox[2:])) for page in self.reader.pages]

    @cached_property
    def runs(self) -> list[Run]:
        """All there is on the paper, feet of pages too, page by page."""
        return [run for _, run in self._runs_by_mcid]

    @cached_property
    def read(self) -> list[Run | Picture]:
        """What a screen reader reads, in its order."""
        runs_by_mcid: dict[tuple[int, int | None], list[Run]] = {}
        for mcid, run in self._runs_by_mcid:
            runs_by_mcid.setdefault((run.page, mcid), []).append(run)
        return [
            row
            for leaf in self._leaves
            for row in (
                [Picture(leaf.page, leaf.alt, *leaf.box)] if leaf.alt else runs_by_mcid.get((leaf.page, leaf.mcid), [])
            )
        ]

    @cached_property
    def words_read(self) -> list[Run]:
        return [row for row in self.read if isinstance(row, Run)]

    @cached_property
    def pictures(self) -> list[Picture]:
        return [row for row in self.read if isinstance(row, Picture)]

    @cached_property
    def parts_read(self) -> list[tuple[str, list[Run]]]:
        """The words that a screen reader reads, each heading by itself ("H2") and what is between ("")."""
        parts = itertools.groupby(self.words_read, key=lambda run: (run.level, run.heading))
        return [(level, list(runs)) for (level, _), runs in parts]

    @cached_property
    def _leaves(self) -> list[Leaf]:
        numbers = {page.indirect_reference.idnum: number for number, page in enumerate(self.reader.pages)}
        return list(_under(self.root["/StructTreeRoot"].raw_get("/K"), Leaf((), 0), numbers))

    @cached_property
    def _runs_by_mcid(self) -> list[tuple[int | None, Run]]:
        leaves = {(leaf.page, leaf.mcid): leaf for leaf in self._leaves if not leaf.alt}
        with pypdfium2.PdfDocument(self.content) as document:
            return [row for number in range(self.pages) for row in _runs_of(document[number], number, leaves)]


def letters(text: str) -> str:
    """The letters and figures of a text and nothing between them, so that ends of lines make no difference."""
    return "".join(row for row in unicodedata.normalize("NFKC", text).casefold() if row.isalnum())


def is_heading(tag: str) -> bool:
    return tag[0] == "H" and tag[1:].isdigit()


def _under(element: object, above: Leaf, numbers: dict[int, int]) -> Iterator[Leaf]:
    """The leaves below a part of the tree of tags."""
    number = getattr(element, "idnum", 0)
    element = element.get_object()
    if isinstance(element, int):
        yield replace(above, mcid=int(element))
        return
    if isinstance(element, list):
        for row in element:
            yield from _under(row, above, numbers)
        return
    if "/Pg" in element:
        above = replace(above, page=numbers[element.raw_get("/Pg").idnum])
    if element.get("/Type") == "/MCR":
        yield replace(above, mcid=int(element["/MCID"]))
        return
    if "/S" in element:
        tag = element["/S"][1:]
        above = replace(above, tags=(*above.tags, tag), heading=number if is_heading(tag) else above.heading)
    if "/Alt" in element and above.tags[-1] == "Figure":
        left, bottom, right, top = map(float, next((row["/BBox"] for row in element["/A"] if "/BBox" in row), _NO_BOX))
        yield replace(above, alt=str(element["/Alt"]), box=(left, bottom, right, top))
    elif "/K" in element:
        yield from _under(element.raw_get("/K"), above, numbers)


def _runs_of(
    page: pypdfium2.PdfPage, number: int, leaves: dict[tuple[int, int | None], Leaf]
) -> Iterator[tuple[int | None, Run]]:
    words = page.get_textpage()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4):
        length = raw.FPDFTextObj_GetText(item.raw, words.raw, None, 0)
        text = ctypes.create_string_buffer(length)
        raw.FPDFTextObj_GetText(item.raw, words.raw, ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)), length)
        size = ctypes.c_float()
        raw.FPDFTextObj_GetFontSize(item.raw, size)
        matrix = item.get_matrix()
        mcid = _mcid_of(item.raw)
        leaf = leaves.get((number, mcid), Leaf((), number))
        yield (
            mcid,
            Run(
                number,
                leaf.tags,
                text.raw.decode("utf-16-le").rstrip("\0"),
                size.value * (matrix.a**2 + matrix.b**2) ** 0.5,
                *item.get_bounds(),
                upside_down=matrix.a < 0,
                heading=leaf.heading,
            ),
        )


def _mcid_of(item: object) -> int | None:
    number = ctypes.c_int()
    for index in range(raw.FPDFPageObj_CountMarks(item)):
        if raw.FPDFPageObjMark_GetParamIntValue(raw.FPDFPageObj_GetMark(item, index), b"MCID", number):
            return number.value
    return None
