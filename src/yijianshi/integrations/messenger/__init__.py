"""Telling people (站内信, 短信): approved words only, never with personal data in them."""
