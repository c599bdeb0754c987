"""The site for gunicorn, whose worker kills itself at the point of an import that the file of KILL_AT names."""

import os
from pathlib import Path

from peersupport.wsgi import application
from tests.faults.killing import kill_at

__all__ = ["application"]

kill_at(lambda point: Path(os.environ["KILL_AT"]).read_text() == point)
