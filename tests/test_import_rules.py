"""Which room may import which, read off the syntax trees; the tables are the rules."""

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "labelviewer").rglob("*.py"))

# What a room may import of labelviewer, besides itself. A room is a package, or a module at the top.
ROOMS = {
    "__init__": set(),
    "resources": set(),
    "domain": set(),
    "schemes": {"domain", "resources"},
    "verify": {"domain"},
    "words": {"domain", "resources"},
    "pipeline": {"domain", "schemes", "verify"},
    "adapters": {"domain", "pipeline.ports", "pipeline.limits", "verify.trust", "resources", "__init__"},
    "present": {"domain", "schemes", "words"},
    "publish": {"domain", "schemes", "verify", "adapters", "resources"},
    "ui": {"domain", "pipeline", "present", "words", "resources", "__init__"},
    "cli": {
        "domain",
        "schemes",
        "verify",
        "words",
        "pipeline",
        "adapters",
        "present",
        "publish",
        "resources",
        "__init__",
    },
    "app": {"domain", "schemes", "verify", "words", "pipeline", "adapters", "present", "ui", "resources", "__init__"},
    "__main__": {"cli"},
}

# What may be imported late, inside a function, on top of that: Qt starts only when there is a window to open.
LATE = {"cli": {"app", "ui"}}

# Where a library may be imported; it appears nowhere else.
HOMES = {
    "PIL": {"adapters.pictures", "adapters.product_picture"},
    "PySide6": {
        "ui",
        "app",
        "adapters.camera",
        "adapters.first_window",
        "adapters.camera_frames",
        "adapters.scanner_serial",
        "adapters.screen",
        "adapters.print_child",
        "adapters.print_dialog",
        "adapters.printing",
        "adapters.speech",
        "adapters.system_proxy",
    },
    "confusable_homoglyphs": {"domain.host_names"},
    "cryptography": {"verify.signatures", "publish.keys"},
    "numpy": {"adapters.looks"},
    "pillow_heif": {"adapters.pictures"},
    "platformdirs": {"adapters.profile"},
    "publicsuffixlist": {"domain.host_names"},
    "pydantic_core": {"schemes"},
    "pydantic": {"domain", "schemes", "verify", "publish.office", "publish.source"},
    "pyzbar": {"adapters.zbar_reader"},
    "qrcode": {"adapters.qr_writer"},
    "reportlab": {"adapters.label_sheet"},
    "rich": {"cli"},
    "securesystemslib": {"publish.hardware", "publish.lead"},
    "segno": {"adapters.qr_writer"},
    "shiboken6": {"ui"},
    "sqlite3": {"publish.index"}
    | {"adapters.library", "adapters.library_things"}
    | {f"adapters.library{part}" for part in ("_file", "_gate", "_rows", "_salvage", "_schema", "_trust", "_words")},
    "truststore": {"adapters.fetch"},
    "tuf": {"adapters.tuf_lead", "adapters.tuf_fetcher", "publish.lead"},
    "urllib3": {"adapters.exchange", "adapters.fetch"},
    "zxingcpp": {"adapters.zxing_reader"},
}

STANDARD = sys.stdlib_module_names | {"_typeshed"}

# Rooms that compute and nothing else: they are handed bytes and the time.
PURE = {"domain", "verify"}
OUTSIDE = {"io", "logging", "os", "pathlib", "random", "shutil", "socket", "ssl", "subprocess", "tempfile", "time"}

# The one thread door, and those who need one for a deadline that the system does not keep, for a hook, or
# for a lock around what one at a time may use.
THREADS = {
    "ui.jobs",
    "ui.crash",
    "adapters.library_patience",
    "adapters.manners",
    "adapters.resolver",
    "adapters.picture_worker",
}
THREAD_MODULES = {"threading", "_thread", "concurrent", "asyncio"}
THREAD_CLASSES = {"QThread", "QThreadPool", "QRunnable"}

# Where an unexpected failure stops: the worker's edge, the crash report, the outermost line of the command.
LAST_RESORTS = {"ui.jobs", "ui.crash", "cli"}

# Where it changes threads: it rises again in the one that asked.
CARRIERS = {"adapters.library_patience"}


@dataclass(frozen=True)
class Import:
    """One module that another one imports; both are named without the leading `labelviewer`."""

    by: str
    name: str
    own: bool
    late: bool
    line: int

    def __str__(self) -> str:
        return f"{self.by}:{self.line} imports {self.name}"


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT / "labelviewer").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


TREES = {module_name(path): ast.parse(path.read_bytes(), str(path)) for path in SOURCES}


def imports_of(module: str) -> Iterator[Import]:
    tree = TREES[module]
    late = {id(node) for scope in ast.walk(tree) if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(scope)}  # fmt: skip
    for node in ast.walk(tree):
        for name in names_in(node):
            own = name == "labelviewer" or name.startswith("labelviewer.")
            short = name.removeprefix("labelviewer").removeprefix(".") or "__init__" if own else name
            yield Import(module, short, own, id(node) in late, getattr(node, "lineno", 0))


def names_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            is_module = inner.removeprefix("labelviewer.") in TREES
            yield inner if is_module else node.module


IMPORTS = [found for module in TREES for found in imports_of(module)]


def room_of(module: str) -> str:
    return module.partition(".")[0]


def lies_in(module: str, places: set[str]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)


def refuse(found: Iterable[object]) -> None:
    problems = sorted({str(each) for each in found})
    assert not problems, "\n".join(["", *problems])


def test_there_is_something_to_check() -> None:
    assert len(SOURCES) > 10
    assert len(IMPORTS) > 50


def test_every_room_is_in_the_table() -> None:
    assert {room_of(module) for module in TREES} <= ROOMS.keys()


def test_rooms_import_only_what_they_may() -> None:
    def is_wrong(found: Import) -> bool:
        room = room_of(found.by)
        allowed = ROOMS[room] | {room} | (LATE.get(room, set()) if found.late else set())
        return found.own and not lies_in(found.name, allowed)

    refuse(found for found in IMPORTS if is_wrong(found))


def test_the_window_is_built_by_the_command_line_alone_and_late() -> None:
    refuse(found for found in IMPORTS if found.own and found.name == "app" and found.by != "cli")


def test_every_library_has_its_home() -> None:
    def is_wrong(found: Import) -> bool:
        library = room_of(found.name)
        if found.own or (library in STANDARD and library not in HOMES):
            return False
        return not lies_in(found.by, HOMES.get(library, set()))

    refuse(found for found in IMPORTS if is_wrong(found))


def test_pure_rooms_do_not_reach_outside() -> None:
    def is_wrong(found: Import) -> bool:
        return room_of(found.by) in PURE and not found.own and room_of(found.name) in OUTSIDE

    refuse(found for found in IMPORTS if is_wrong(found))


def test_threads_start_behind_one_door() -> None:
    modules = [found for found in IMPORTS if not found.own and room_of(found.name) in THREAD_MODULES]
    refuse(found for found in modules if found.by not in THREADS)
    used = {
        f"{module} uses {name}"
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        for name in (
            {getattr(node, "id", None), getattr(node, "attr", None), getattr(node, "name", None)} & THREAD_CLASSES
        )
        if module != "ui.jobs"
    }
    refuse(used)


def test_everything_is_caught_only_where_nothing_is_above() -> None:
    def catches_everything(handler: ast.ExceptHandler) -> bool:
        kinds = [handler.type] if not isinstance(handler.type, ast.Tuple) else handler.type.elts
        return any(kind is None or getattr(kind, "id", "") in {"Exception", "BaseException"} for kind in kinds)

    found = [
        f"{module}:{node.lineno}"
        for module, tree in TREES.items()
        if module not in LAST_RESORTS | CARRIERS
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    ]
    refuse(found)


def test_no_import_is_relative() -> None:
    relative = [
        f"{module}:{node.lineno}"
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    refuse(relative)


def test_no_two_modules_need_each_other() -> None:
    needs: dict[str, set[str]] = {module: set() for module in TREES}
    for found in IMPORTS:
        if found.own and not found.late and found.name != found.by:
            needs[found.by].add(found.name)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as cycle:
        pytest.fail(" -> ".join(cycle.args[1]))


# What would let another program speak to this one, beyond a file, the clipboard and a drop.
LISTENERS = {
    "QLocalServer",
    "QTcpServer",
    "QUdpSocket",
    "QWebSocketServer",
    "registerService",
    "registerObject",
    "create_server",
}
SERVERS = {"http.server", "socketserver", "xmlrpc.server", "wsgiref", "multiprocessing.connection"}


@pytest.mark.threat("T34")
def test_another_program_finds_no_door_but_that_of_a_second_start() -> None:
    named = {
        f"{module}: {name}"
        for module, tree in TREES.items()
        for node in ast.walk(tree)
        for name in [node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""]
        if name in LISTENERS or name in ("bind", "listen")
    }
    assert named == {"adapters.first_window: QLocalServer", "adapters.first_window: listen", "app: listen"}
    assert [str(found) for found in IMPORTS if found.name in SERVERS] == []


@pytest.mark.threat("T31")
def test_tables_for_spreadsheets_are_written_in_one_place_which_guards_its_cells() -> None:
    writers = {"csv", "openpyxl", "xlsxwriter", "odf", "pandas"}
    assert [str(found) for found in IMPORTS if found.name.partition(".")[0] in writers] == [
        "present.export:5 imports csv"
    ]
