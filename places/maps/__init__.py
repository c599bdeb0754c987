"""Maps that show where things lie round about, drawn from our own data: nobody else learns who looked.

They are for seeing what is near, not for finding the door. `frame` says what a map shows, `ground` how thickly people
live there, `towns` which names it bears, `pins` what is marked on it; `drawing` is all of it.
"""

from .areas import box_of
from .drawing import Drawing
from .frame import Frame, Point
from .pins import Mark, Pin

__all__ = ["Drawing", "Frame", "Mark", "Pin", "Point", "box_of"]
