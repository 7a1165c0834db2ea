"""What spoils photographs needs the extra that reads them; where it is not installed, nothing here is looked into."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("cv2") else ["spoiling.py"]
