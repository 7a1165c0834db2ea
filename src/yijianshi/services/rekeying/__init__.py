"""Typing once more into a department's own system (转录): which units do, under which number there, what it costs."""
