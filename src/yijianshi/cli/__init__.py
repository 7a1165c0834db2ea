"""
What administrators do at the command line: one module per command.

Each module has `register(subparsers)`, which adds its parser and sets `run` (a function of the parsed arguments that
returns the exit code). A command that needs the database also sets `needs_database=True`; it then finds the present
instant in `arguments.at`.
"""
