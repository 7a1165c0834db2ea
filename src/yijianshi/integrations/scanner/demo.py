"""The demo's scanner: it knows one threat, the test file that every scanner knows and that harms nobody."""

from mmap import mmap

from yijianshi.services.ports import ScanVerdict

#: The EICAR test file, joined at run time so that scanners leave this module alone.
EICAR = b"".join((rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$", rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"))
_LOOKED_AT = 4 * 1024 * 1024


class DemoScanner:
    """The Scanner port for demo and tests; it protects nobody, so production refuses it."""

    is_demo = True

    def scan(self, content: bytes | mmap) -> ScanVerdict:
        """Return the verdict: a threat where the EICAR test file stands in the first 4 MB."""
        return ScanVerdict("EICAR-Test-File" if content.find(EICAR, 0, _LOOKED_AT) >= 0 else "")
