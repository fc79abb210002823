"""Make the table of licences of SECURITY.md; with a folder of wheels, requirements.txt too.

The wheels: pip download --no-deps --only-binary=:all: -c constraints.txt -d FOLDER NAMES, once for each system and Python
(--platform win_amd64 --python-version 3.13).
"""

import sys
from pathlib import Path

from tests.promises import LOCK, PAGE, lock, with_licences

PAGE.write_text(with_licences(PAGE.read_text("utf-8")), encoding="utf-8")
if sys.argv[1:]:
    LOCK.write_text("\n".join(lock(Path(sys.argv[1]))) + "\n", encoding="utf-8")
