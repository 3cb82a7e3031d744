"""All cases of generated code written, compiled, checked and run: each tool once in a test run, for all cases together."""

from __future__ import annotations

import json
import os
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from generated import ZOD_VERSION, Case, all_cases, files_of, schema
from toolchains import Toolchains, packages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

DRIVERS = Path(__file__).parent.parent / "codegen" / "drivers"
USAGE = DRIVERS.parent / "usage"
STRICT = {
    "allowUnreachableCode": False,
    "allowUnusedLabels": False,
    "erasableSyntaxOnly": True,
    "exactOptionalPropertyTypes": True,
    "isolatedModules": True,
    "module": "nodenext",
    "noFallthroughCasesInSwitch": True,
    "noImplicitOverride": True,
    "noImplicitReturns": True,
    "noPropertyAccessFromIndexSignature": True,
    "noUncheckedIndexedAccess": True,
    "noUncheckedSideEffectImports": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "skipLibCheck": True,
    "strict": True,
    "target": "es2022",
    "lib": ["es2022"],
    "types": [],
}
PYRIGHT = {
    "typeCheckingMode": "strict",
    "reportUnnecessaryTypeIgnoreComment": "error",
    "pythonVersion": "3.11",
    "pythonPlatform": "All",
}
RUFF = "E,F,W,I,UP,B,C4,PIE,RET,RUF,SIM,PYI,ANN,FURB,PERF,Q"
"""Rules beyond the default ones that code of good style keeps."""


HOSTILE = "Class"
"""The model of the schema with hostile names that code is run for; others have other names in some language."""


class Item(NamedTuple):
    """One value for the driver of a language: the text of a JSON value that should be one of the model."""

    case: str
    model: str
    text: str


class Answer(NamedTuple):
    """What generated code made of a value: its text, written again, or what is wrong with it, and what Zod says."""

    text: str | None = None
    error: str | None = None
    zod: bool | None = None


class Workshop:
    """What the tools say of all cases."""

    def __init__(self, tools: Toolchains) -> None:
        self.tools = tools

    def go_check(self) -> dict[str, str]:
        return self.tools.once("go", self._go_check)

    def _go_check(self, folder: Path) -> dict[str, str]:
        cases = all_cases("go")
        write(folder, cases)
        (folder / "go.mod").write_text("module okra.test\n\ngo 1.21\n")
        driver = folder / "driver"
        driver.mkdir()
        (driver / "main.go").write_text(go_driver(cases))
        return {
            "gofmt": self.tools.gofmt(folder, *(case.name for case in cases)).said,
            "vet": self.tools.go(folder, "vet", "./...").said,
            "build": self.tools.go(folder, "build", "-o", "run", "./driver").said,
        }

    def go_zeros(self) -> dict[str, dict[str, Any]]:
        """What Go writes for values that nobody has filled: case and model → members."""
        self.go_run("go-zeros", list)
        return json.loads((self.tools.base / "go-zeros" / "zeros.json").read_text())

    def go_run(self, name: str, items: Callable[[], Sequence[Item]]) -> list[Answer]:
        """What Go makes of values; `name` says which, as they are asked for once."""
        assert self.go_check()["build"] == ""
        program = self.tools.base / "go" / "run"

        def work(folder: Path) -> Any:
            return self._run(folder, items(), [str(program)])

        return answers(self.tools.once(name, work))

    def tsc_check(self) -> dict[str, str]:
        return self.tools.once("typescript", self._tsc_check)

    def _tsc_check(self, folder: Path) -> dict[str, str]:
        cases = all_cases("typescript")
        (folder / "node_modules").symlink_to(packages())
        write(folder, cases)
        for case in cases:
            kind = "module" if case.option("module") == "esm" else "commonjs"
            (folder / case.name / "package.json").write_text(json.dumps({"type": kind}))
            if case.option(ZOD_VERSION) == 3:
                own = folder / case.name / "node_modules"
                own.mkdir()
                (own / "zod").symlink_to(packages() / "zod-3")
        copy_usage(folder, "usage.ts")
        (folder / "usage" / "package.json").write_text('{"type": "module"}')
        (folder / "tsconfig.json").write_text(
            json.dumps({"compilerOptions": STRICT, "include": ["*/*.ts"]})
        )
        ran = self.tools.tsc(folder, "--project", ".", "--pretty", "false")
        return {"tsc": ran.said}

    def node_run(self, name: str, items: Callable[[], Sequence[Item]]) -> list[Answer]:
        self.tsc_check()
        place = self.tools.base / "typescript"
        options = {case.name: dict(case.options) for case in all_cases("typescript")}

        def work(folder: Path) -> Any:
            (folder / "cases.json").write_text(json.dumps([str(place), options]))
            driver = str(DRIVERS / "run.mjs")
            return self._run(folder, items(), ["node", driver])

        return answers(self.tools.once(name, work))

    def _run(self, folder: Path, items: Sequence[Item], command: list[str]) -> Any:
        (folder / "items.json").write_text(json.dumps([item._asdict() for item in items]))
        if command[0] == "node":
            ran = self.tools.node(folder, *command[1:])
        else:
            ran = self.tools.program(folder, *command)
        assert ran.code == 0, ran.said
        found = json.loads((folder / "answers.json").read_text())
        assert len(found) == len(items)
        return found

    def python_folder(self) -> Path:
        """Where all modules of Python are, a package for each case."""
        self.tools.once("python", self._python)
        return self.tools.base / "python"

    def _python(self, folder: Path) -> None:
        write(folder, all_cases("python"))
        for case in all_cases("python"):
            (folder / case.name / "__init__.py").touch()
        copy_usage(folder, "usage.py")
        (folder / "pyrightconfig.json").write_text(json.dumps(PYRIGHT))

    def pyright_check(self) -> list[str]:
        """What pyright has to say, one line each."""
        return self.tools.once("pyright", self._pyright_check)

    def _pyright_check(self, _: Path) -> list[str]:
        ran = self.tools.pyright(
            self.python_folder(), "--outputjson", "--pythonpath", sys.executable
        )
        found = json.loads(ran.out)
        assert found["summary"]["filesAnalyzed"] > len(all_cases("python"))
        return [
            f"{each['file']}:{each['range']['start']['line'] + 1}: {each['message']}"
            for each in found["generalDiagnostics"]
        ]

    def ruff_check(self) -> dict[str, str]:
        """What ruff has to say by its usual rules, and by more."""
        base = ["check", "--isolated", "--no-cache", "--output-format", "concise", "--quiet"]
        more = ["--target-version", "py311", "--select", RUFF, "--ignore", "ANN401,E501"]
        folder = self.python_folder()
        return {
            "usual": self.tools.ruff(folder, *base).said,
            "more": self.tools.ruff(folder, *base, *more).said,
        }


def write(folder: Path, cases: Iterable[Case]) -> None:
    """Each case's files in a folder of its own."""
    for case in cases:
        for file in files_of(case):
            path = folder / case.name / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.text)


def copy_usage(folder: Path, name: str) -> None:
    """Put code that uses the generated one beside it."""
    (folder / "usage").mkdir()
    shutil.copyfile(USAGE / name, folder / "usage" / name)


def answers(found: list[dict[str, Any]]) -> list[Answer]:
    return [Answer(each.get("text"), each.get("error"), each.get("zod")) for each in found]


@cache
def runnable(language: str) -> tuple[Case, ...]:
    """The cases whose types have the names of their models."""
    return tuple(case for case in all_cases(language) if not case.is_hostile)


def go_driver(cases: Sequence[Case]) -> str:
    """A program that reads values with the code of every case, and writes them again."""
    zeros = [
        f'\t"{case.name} {model}": {case.name}.{model}{{}},\n'
        for case in cases
        if case.schema == "every_type"
        for model in ("ManyThings", "Thing")
    ]
    imports = "".join(f'\t{case.name} "okra.test/{case.name}"\n' for case in cases)
    ways = []
    for case in cases:
        for model in schema(case.schema).models:
            if case.is_hostile and model.name != HOSTILE:
                continue
            if case.option("validate"):
                way = f"{case.name}.Parse{model.name}(data)"
                code = f"func(data []byte) (any, error) {{ return {way} }}"
            else:
                code = f"read[{case.name}.{model.name}]"
            ways.append(f'\t"{case.name} {model.name}": {code},\n')
    text = (DRIVERS / "main.go.txt").read_text()
    return (
        text.replace("// IMPORTS\n", imports)
        .replace("// WAYS\n", "".join(ways))
        .replace("// ZEROS\n", "".join(zeros))
    )


def worker_base(temporary: Path) -> Path:
    """The folder that all workers of a run share, given that of one."""
    return temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary
