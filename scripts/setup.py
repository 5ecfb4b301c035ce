"""`make` comes through here: set up what a target needs, then run it.

This one file is written so that an old Python can read it, and be told what is wrong in a
sentence instead of a traceback. Everything else lives in `house/` and may use the Python of today.
"""

import sys

OLDEST = (3, 11)


def main() -> int:
    if sys.version_info < OLDEST:
        sys.stderr.write(
            "Meanwhile needs Python %d.%d or newer, and this is Python %d.%d: install a newer one, "
            "or name it, for example `make run PYTHON=python3.12`.\n"
            % (OLDEST + tuple(sys.version_info[:2]))
        )
        return 1
    from house.cli import main as house_main

    return house_main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
