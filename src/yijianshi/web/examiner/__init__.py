"""Whoever keeps a list of items (体检): hands it in, waits a moment, reads the report; without signing in."""
