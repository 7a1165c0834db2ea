"""Pages for whoever passes by, without signing in: what can be handled, what it takes, whom to ask."""
