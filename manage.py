#!/usr/bin/env python3
"""python3 manage.py up | test | COMMAND

Readable by an old Python: it may have to look for a newer one first (bootstrap.py).
"""

import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent


def main():
    own = os.path.realpath(sys.prefix) == os.path.realpath(str(ROOT / ".venv"))
    if not own and not os.environ.get("WBL_NO_BOOTSTRAP"):
        import bootstrap

        python = bootstrap.ensure()
        os.execv(python, [python, str(ROOT / "manage.py"), *sys.argv[1:]])
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from wbl.local.command import run

    run(sys.argv)


if __name__ == "__main__":
    main()
