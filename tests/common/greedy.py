"""A program that does what its input says: takes too much of something, fails, or shows what it was given."""

import os
import sys
import tempfile
import time


def main(what: str) -> None:
    if what == "memory":
        sys.stdout.write(str(len(bytearray(400 * 2**20))))
    elif what == "processor":
        while True:
            pass
    elif what == "sleep":
        time.sleep(600)
    elif what.startswith("/"):
        with open(what, "wb", buffering=0) as pipe:
            pipe.write(b"begun")
            time.sleep(600)
    elif what == "fail":
        raise ValueError(what)
    elif what == "file":
        with tempfile.TemporaryFile() as file:
            file.write(what.encode())
    secrets = [name for name in ("MARKER", "SECRET_KEY") if name in os.environ]
    sys.stdout.write(f"{what} {secrets}")


if __name__ == "__main__":
    main(sys.stdin.read())
