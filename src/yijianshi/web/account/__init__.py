"""Pages of signing in: the door, who I am, and for whom I act."""
