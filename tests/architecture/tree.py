"""What the tree says of itself, read without running it: its doors, its tests, its classes."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "yijianshi"
TESTS = ROOT / "tests"


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def python_files(folder: Path) -> Iterator[Path]:
    """Yield the Python files under a folder in a fixed order."""
    return iter(sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts))


def word_of(node: ast.AST | None) -> str:
    """Return a constant text, or an empty one."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def text_in(path: Path, node: ast.AST) -> str:
    """Return a text that stands in a file as it is or under a name of the same module."""
    if isinstance(node, ast.Name):
        for line in parsed(path).body:
            if isinstance(line, ast.Assign) and any(getattr(t, "id", "") == node.id for t in line.targets):
                return word_of(line.value)
    return word_of(node)


def calls_of(path: Path, name: str) -> Iterator[ast.Call]:
    """Yield the calls of a function or method of that name in a file."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and (
            (isinstance(node.func, ast.Name) and node.func.id == name)
            or (isinstance(node.func, ast.Attribute) and node.func.attr == name)
        ):
            yield node


@cache
def pages() -> frozenset[str]:
    """Return the addresses of all pages for people."""
    files = [*python_files(SOURCE / "web"), SOURCE / "project" / "urls.py"]
    routes = {
        text_in(file, call.args[0]) for file in files for call in calls_of(file, "path") if len(call.args) > 1
    }
    return frozenset(f"/{route}" for route in routes)


@cache
def operations() -> frozenset[str]:
    """Return the operations of the API as method and address, with the one that describes them."""
    addresses = SOURCE / "api" / "v1" / "urls.py"
    described = {f"GET /api/v1/{text_in(addresses, call.args[0])}" for call in calls_of(addresses, "path")}
    return described | frozenset(
        f"{text_in(file, call.args[0])} /api/v1/{text_in(file, call.args[1])}"
        for file in python_files(SOURCE / "api")
        for call in calls_of(file, "endpoint")
        if len(call.args) == 2
    )


@cache
def commands() -> frozenset[str]:
    """Return the commands that administrators type, `yijianshi plan` or `yijianshi catalogue check`."""
    found = set()
    for name, module in _menu().items():
        found.add(f"yijianshi {name}")
        # A module may hand its words over to others beside it: `lists.register(commands)`.
        handed = [ast.unparse(call.func).partition(".")[0] for call in calls_of(module, "register")]
        beside_it = [file for other in handed if (file := module.with_name(f"{other}.py")).is_file()]
        words = {
            word_of(call.args[0]) for file in (module, *beside_it) for call in calls_of(file, "add_parser")
        }
        beside = {other for other, shared in _menu().items() if shared == module}
        found |= {f"yijianshi {name} {word}" for word in words - beside}
    return frozenset(found)


@cache
def _menu() -> dict[str, Path]:
    """Return every command of the menu with the module that reads its words."""
    for node in parsed(SOURCE / "project" / "command.py").body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Dict)
            and "MENU" in ast.dump(node.targets[0])
        ):
            return {
                word_of(key): SOURCE.parent / Path(*word_of(value.args[0]).split(".")).with_suffix(".py")
                for key, value in zip(node.value.keys, node.value.values, strict=True)
                if isinstance(value, ast.Call)
            }
    raise LookupError("MENU")


def is_door(text: str) -> bool:
    """Return whether something exists behind a door: a page, an operation, a command or a file in bin/."""
    if text.startswith("/"):
        return text in pages()
    if text.startswith("yijianshi "):
        return text in commands()
    if text.startswith("bin/"):
        return (ROOT / text).is_file()
    return text in operations()


@cache
def test_names() -> frozenset[str]:
    """Return every test as file and name, `tests/domain/test_cases.py::test_no_life_ends_twice`."""
    return frozenset(
        f"{path.relative_to(ROOT).as_posix()}::{node.name}"
        for path in python_files(TESTS)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def public_classes(folder: Path) -> Iterator[tuple[Path, ast.ClassDef]]:
    """Yield the classes of a floor whose names do not begin with an underscore."""
    for path in python_files(folder):
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield path, node
