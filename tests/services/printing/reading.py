"""What a reader finds in a PDF, without the blanks that the layout puts there."""

import re
import subprocess

from yijianshi.services.printing import Printed


def words(printed: Printed) -> str:
    """Return the text of a letter without any blanks."""
    shown = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=printed.content, capture_output=True, check=True
    )
    return re.sub(r"\s", "", shown.stdout.decode())


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)
