"""What TypeScript's guards, conversions and types do with values that only a program can make, and with hostile names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from generated import generate, parsed
from toolchains import packages
from workshop import STRICT

if TYPE_CHECKING:
    from pathlib import Path

    from toolchains import Toolchains

SCHEMA = r"""
enum Role { ADMIN @value("the \"admin\"\n\\ \u2028 ${x} `y` </script>") constructor __proto__ @value("an own one") }
enum Map { A } enum Number { A } enum Array { A } enum TypeError { A }

model Row {
  id: ID! @default(uuid)
  name: String!
  nick: String?
  short: String! @length(max: 2)
  views: BigInt!
  ranks: [BigInt!]!
  at: DateTime!
  rate: Float!
  whole: Int!
  data: JSON!
  items: [JSON!]!
  photo: Bytes!
  role: Role!
}
model Object { id: ID! constructor: String! then: String! toString: String? valueOf: DateTime? class: Int! }
model Key { id: ID! sum: Int! @computed(expr: "1") }
model Promise { id: ID! map: Map? number: Number? array: Array? error: TypeError? }
model Record { id: ID! type: String? default: String? string: String? }
model z { id: ID! }
model Index { id: ID! }
enum value { A } enum json { A } enum async { A } enum of { A } enum asserts { A }
model type { value: value! json: json! get: async? is: of? set: asserts? id: ID! }
"""
PROTO = "model Proto { id: ID! __proto__: String! }"

CASES: dict[str, dict[str, object]] = {
    "esm": {"zod": True},
    "commonjs": {"zod": True, "files": "each", "module": "commonjs"},
    "plain": {"files": "each"},
    "plain_one": {},
}
MEMORY = {"bigInt": "bigint", "dateTime": "Date"}

USES = """\
import {
  Role, RowSchema, isRow,
  type KeyCreate, type KeyUpdate, type Row, type RowCreate, type RowUpdate,
} from "../esm/models.js";
import type { Row as Plain, RowUpdate as PlainUpdate } from "../plain/index.js";

declare const unknown: unknown;
declare const rows: unknown[];
export const parsed: Row = RowSchema.parse(unknown);
export const found: Row[] = rows.filter(isRow);
export const created: RowCreate = parsed;
export const { id, ...rest } = parsed;
export const without: RowCreate = rest;
export const updates: RowUpdate[] = [{}, { name: "x" }, { nick: null }];
export const role: Role = Role.__proto__;
export const text: "an own one" = Role["__proto__"];
export const narrowed: bigint | null = isRow(unknown) ? unknown.views : null;
export const shown: string = ({} as Plain).views.toString();
export const key: KeyCreate = { id: "1" };
// @ts-expect-error the key never changes
export const moved: KeyUpdate = { id: "1" };
// @ts-expect-error what is computed is not given
export const given: KeyCreate = { id: "1", sum: 1 };
// @ts-expect-error what is required is not null
export const nothing: RowUpdate = { name: null };
// @ts-expect-error what is absent is not undefined
export const absent: PlainUpdate = { name: undefined };
// @ts-expect-error a name is no stored text
export const name: Role = "ADMIN";
"""


@pytest.fixture(scope="module", params=["zod", "zod-3"])
def compiled(request: pytest.FixtureRequest, toolchains: Toolchains) -> Path:
    """A folder with the compiled code of each case, and one of Zod's two versions."""
    zod: str = request.param

    def work(folder: Path) -> str:
        (folder / "node_modules").mkdir()
        (folder / "node_modules" / "zod").symlink_to(packages() / zod)
        for name, options in CASES.items():
            schema = SCHEMA if options.get("zod") else SCHEMA + PROTO
            place = folder / name
            place.mkdir()
            for file in generate(parsed(schema), "typescript", {**options, **MEMORY}):
                (place / file.name).write_text(file.text)
            kind = "commonjs" if options.get("module") else "module"
            (place / "package.json").write_text(json.dumps({"type": kind}))
        (folder / "uses").mkdir()
        (folder / "uses" / "uses.ts").write_text(USES)
        (folder / "package.json").write_text('{"type": "module"}')
        options = {**STRICT, "declaration": True}
        config = {"compilerOptions": options, "include": ["*/*.ts"]}
        (folder / "tsconfig.json").write_text(json.dumps(config))
        return toolchains.tsc(folder, "--project", ".", "--pretty", "false").said

    assert toolchains.once(f"typescript-{zod}", work) == ""
    return toolchains.base / f"typescript-{zod}"


@pytest.mark.parametrize("case", CASES)
def test_code_does_what_it_says(case: str, compiled: Path, toolchains: Toolchains) -> None:
    file = "index.js" if CASES[case].get("files") else "models.js"
    driver = str(packages().parent.parent / "drivers" / "typescript.mjs")

    ran = toolchains.node(compiled, driver, str(compiled / case / file))

    assert ran.said == "looked at everything\n"
