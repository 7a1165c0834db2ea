"""
What administrators do at the command line: one module per command.

Each module has `register(subparsers)`, which adds its parser and sets `run`, a function of the parsed arguments that
returns the exit code: 0 done, 1 refused, 2 not understood. `project.command` has the menu and says what each needs.
"""
