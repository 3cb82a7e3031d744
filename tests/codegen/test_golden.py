"""Every folder of tests/codegen/golden: a schema, options, and the files that are generated for them.

models.okra.gql   the schema
options.json      {"go": {…}, "python-pydantic": {"style": "pydantic"}}: what each folder is made with; its name begins
                  with the language; without the file, each language with its defaults
<folder>/         the files; `refused.txt` where the language has no way to say it
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import generated
from generated import CHOICES, generate, parsed
from okra.codegen.generator import CannotGenerate

GOLDEN = Path(__file__).parent / "golden"
SUPPORT = Path(generated.__file__).parent
REFUSED = "refused.txt"


def folders(case: str) -> dict[str, dict[str, object]]:
    path = GOLDEN / case / "options.json"
    return json.loads(path.read_text()) if path.exists() else {name: {} for name in CHOICES}


CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())
ALL = [(case, name) for case in CASES for name in folders(case)]


def made(case: str, name: str) -> dict[str, str]:
    """The files that are generated, by name."""
    definition = parsed((GOLDEN / case / "models.okra.gql").read_text())
    try:
        files = generate(definition, name.partition("-")[0], folders(case)[name])
    except CannotGenerate as error:
        said = [f"{each.subject}: {each.message}\n  {each.help}\n" for each in error.problems]
        return {REFUSED: "".join(said)}
    return {file.name: file.text for file in files}


def there(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(("case", "name"), ALL)
def test_generated_files_are_as_they_were_reviewed(
    case: str, name: str, update_golden: bool
) -> None:
    folder = GOLDEN / case / name
    files = made(case, name)
    if update_golden:
        shutil.rmtree(folder, ignore_errors=True)
        for file, text in files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    assert there(folder) == files


def test_the_order_of_sets_is_not_to_be_seen() -> None:
    program = "import test_golden; print([test_golden.made(*each) for each in test_golden.ALL])"
    paths = [str(place) for place in (GOLDEN.parent, SUPPORT)]

    one, other = (
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(paths)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )

    assert one == other
    assert len(one) > 100_000
