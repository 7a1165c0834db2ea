"""`python -m yijianshi`: the same as the command `yijianshi`."""

import sys

from yijianshi.project.command import main

if __name__ == "__main__":
    sys.exit(main())
