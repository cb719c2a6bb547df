"""Which module may import which: the picture in the README, kept."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "disambig"

# What a module may import from this package. A stage never imports another one: `pipeline` alone wires them.
TEXT = {"records", "names", "places", "words", "roles", "settings"}
STAGES = {"mentions", "contexts", "chains", "candidates", "features", "resemblance", "decide", "claims", "ner"}
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "records": set(),
    "cases": set(),
    "han": set(),
    "names": {"cases", "han", "names", "records"},
    "places": {"names"},
    "words": {"names", "places"},
    "roles": {"names", "words"},
    "rows": {"errors", "records"},
    "settings": {"errors"},
    "articles": {"errors", "records", "rows"},
    "kb": {"errors", "records", "names", "places", "words", "roles", "rows", "kb"},
    "ner": {"errors"},
    "mentions": {"errors", *TEXT},
    "contexts": TEXT,
    "chains": TEXT,
    "candidates": {"kb", *TEXT},
    "features": {"features", *TEXT},
    "decide": {"errors", *TEXT},
    "vectors": {"errors", "vectors"},
    "resemblance": {"vectors", *TEXT},
    "claims": {"claims", *TEXT},
    "clusters": {"names", "records", "roles", "words"},
    "corrections": {"errors", "records", "rows"},
    "table": {"errors", "records", "rows"},
    "report": {"records"},
    "intervals": set(),
    "evaluate": {"records", "intervals"},
    "baselines": {"records", "names", "words", "evaluate"},
    "reliability": {"evaluate"},
    "journal": set(),
    "outputs": {"errors", "journal", "records", "report", "rows", "table"},
    "explain": {"records", "table"},
}
WIRED = set(ALLOWED) - {"table", "report", "intervals", "evaluate", "baselines", "reliability", "journal", "outputs", "explain"}
ALLOWED |= {
    "pipeline": WIRED,
    "resolver": {*ALLOWED, "pipeline"},
    "cli": {*ALLOWED, "pipeline", ""},
    "spacy_component": {*ALLOWED, "pipeline", "resolver", ""},
    "spark": {*ALLOWED, "pipeline", "resolver", ""},
    "__main__": {"errors", "cli"},
    "": {*ALLOWED, "resolver"},  # disambig/__init__.py; "" among the allowed is its __version__
}
ONLY_IN = {
    "spacy": {"mentions", "ner", "pipeline", "spacy_component"},  # pipeline loads the model
    "pandas": {"table"},
}
ONLY_FOR_TYPES = {"spacy": {"cli", "resolver"}, "pandas": {"resolver", "spark"}}


def modules() -> list[tuple[str, Path]]:
    """Each file with the name that the rules know it by: its own, or that of its folder."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        first = path.relative_to(SOURCE).parts[0]
        found.append(("" if first == "__init__.py" else first.removesuffix(".py"), path))
    return found


def imports(tree: ast.AST, *, typing_too: bool) -> Iterator[str]:
    """Every imported module, by its dotted name; those under `if TYPE_CHECKING:` when *typing_too*."""
    for node in ast.iter_child_nodes(tree):
        for_types = isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the layer"
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif typing_too or not for_types:
            yield from imports(node, typing_too=typing_too)


def layer(imported: str) -> str:
    """The rule's name of an imported module of this package."""
    parts = imported.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ALLOWED else ""


def module_id(module: tuple[str, Path]) -> str:
    return module[1].relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("module", modules(), ids=module_id)
def test_a_module_imports_only_what_its_row_allows(module: tuple[str, Path]) -> None:
    name, path = module
    assert name in ALLOWED, f"{path.name} is in no row; add it to ALLOWED with what it may import"
    used = {layer(one) for one in imports(ast.parse(path.read_text("utf-8")), typing_too=True) if one.split(".")[0] == "disambig"}
    assert used <= ALLOWED[name], f"{name} must not import {sorted(used - ALLOWED[name])}"


@pytest.mark.parametrize("package", ONLY_IN)
def test_a_heavy_package_is_imported_in_its_own_modules_only(package: str) -> None:
    allowed = ONLY_IN[package]
    for name, path in modules():
        tree = ast.parse(path.read_text("utf-8"))
        running = any(one.split(".")[0] == package for one in imports(tree, typing_too=False))
        named = any(one.split(".")[0] == package for one in imports(tree, typing_too=True))
        assert not running or name in allowed, f"{name} imports {package}"
        assert not named or name in allowed | ONLY_FOR_TYPES.get(package, set()), f"{name} names {package}"


def test_no_stage_imports_another_stage() -> None:
    assert not {(name, other) for name in STAGES for other in ALLOWED[name] & STAGES if name != other}
