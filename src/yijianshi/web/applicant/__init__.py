"""Pages of who applies: the draft from situation to submission, and everything afterwards."""
