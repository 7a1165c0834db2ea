"""The provider of these tests is a programme of its own, started beside them; nothing of it is a test."""

collect_ignore = ["site"]
