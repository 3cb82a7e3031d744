"""A schema written into a file that is there: what still is so stays as it was written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from okra.language.define import parse_schema
from okra.language.definition import SchemaDefinition
from okra.language.merge import merged
from okra.language.write import write_schema
from okra.source import Source

ROOT = Path(__file__).parents[2]
RICH = (Path(__file__).parent / "rich.okra.gql").read_text()
CLINIC = "".join(
    re.sub(r"^@okra.*\n", "", path.read_text(), flags=re.MULTILINE)
    for path in sorted(ROOT.glob("examples/clinic/models/*.okra.gql"))
)

SHOP = '''\
# The shop.
@okra(namespace: "shop")

enum Size {
  SMALL
  # for giants
  LARGE @value("l") # rarely sold
}

"""Who buys."""
model Customer {
  # who they are
  id: ID!
  email: String! @unique # checked by the mail server

  # where they live
  town: String? @index(sort: DESC)
  size: Size! @default(SMALL)

  # what nobody may have
  @check("town <> ''") # never empty
}

# The end.
'''


def read(text: str) -> SchemaDefinition:
    return parse_schema([Source("m", text)]).definition


def merge(text: str, after: str) -> str:
    return merged(Source("m", text), read(after))


def changed(old: str, new: str, text: str = SHOP) -> str:
    assert old in text
    return merge(text, text.replace(old, new))


@pytest.mark.parametrize("text", [SHOP, RICH, CLINIC])
def test_what_means_the_same_is_the_same_text(text: str) -> None:
    definition = parse_schema([Source("m", text)], providers=["sqlite"]).definition
    assert merged(Source("m", text), definition) == text


def test_a_new_field_stands_behind_the_one_before_it() -> None:
    new = "  email: String! @unique # checked by the mail server\n  phone: String?\n"
    old = "  email: String! @unique # checked by the mail server\n"
    assert changed(old, new) == SHOP.replace(old, new)


def test_a_field_that_is_gone_takes_the_comments_along_that_are_about_it() -> None:
    found = merge(
        SHOP,
        SHOP.replace("  town: String? @index(sort: DESC)\n", "").replace("town <>", "email <>"),
    )
    assert found == SHOP.replace(
        "  # where they live\n  town: String? @index(sort: DESC)\n", ""
    ).replace("""@check("town <> ''")""", """@check(expr: "email <> ''")""")


def test_only_what_changed_of_a_field_is_written_anew() -> None:
    found = changed(
        "town: String? @index(sort: DESC)", "town: String! @index(sort: DESC) @length(9)"
    )
    assert found == SHOP.replace(
        "town: String? @index(sort: DESC)", "town: String! @index(sort: DESC) @length(max: 9)"
    )


def test_directives_come_and_go() -> None:
    assert changed(" @unique #", " @unique @index #") == SHOP.replace(
        "@unique #", "@unique @index #"
    )
    assert changed(" @unique #", " #") == SHOP.replace(" @unique #", " #")
    assert changed("""  @check("town <> ''") # never empty\n""", "") == SHOP.replace(
        """\n  # what nobody may have\n  @check("town <> ''") # never empty\n""", ""
    )
    assert changed(
        "  # what nobody", "  @@index(fields: [id, email])\n  # what nobody"
    ) == SHOP.replace("# never empty\n", '# never empty\n  @index(fields: ["id", "email"])\n')


def test_a_description_comes_changes_and_goes() -> None:
    assert changed('"""Who buys."""', '"""Who pays."""') == SHOP.replace("buys", "pays")
    assert changed('"""Who buys."""\n', "") == SHOP.replace('"""Who buys."""\n', "")
    assert changed("  id: ID!", '  """a number"""\n  id: ID!') == SHOP.replace(
        "  id: ID!", '  """a number"""\n  id: ID!'
    )


def test_values_come_and_go() -> None:
    assert changed("SMALL\n", "SMALL\n  MEDIUM\n") == SHOP.replace("SMALL\n", "SMALL\n  MEDIUM\n")
    assert changed('  LARGE @value("l")', "  HUGE") == SHOP.replace(
        '  # for giants\n  LARGE @value("l") # rarely sold', "  HUGE"
    )


def test_another_order_of_values_is_written_anew_with_the_comments_above() -> None:
    found = changed('SMALL\n  # for giants\n  LARGE @value("l")', 'LARGE @value("l")\n  SMALL')
    assert found == SHOP.replace(
        'enum Size {\n  SMALL\n  # for giants\n  LARGE @value("l") # rarely sold\n}',
        '# for giants\n# rarely sold\nenum Size {\n  LARGE @value("l")\n  SMALL\n}',
    )


def test_models_come_and_go() -> None:
    after = SHOP + "\nenum Colour {\n  RED\n}\n\nmodel Paint {\n  id: ID!\n  colour: Colour\n}\n"
    assert merge(SHOP, after) == after.replace("colour: Colour\n", "colour: Colour?\n")
    gone = '# The shop.\n@okra(namespace: "shop")\n\n# The end.\n'
    assert merge(SHOP, '@okra(namespace: "shop")') == gone


def test_indexes_at_top_level_stay_there() -> None:
    text = SHOP + '\n@index(model: "Customer", fields: ["town", "size"]) # often asked\n'
    assert changed('"town", "size"', '"size"', text) == text.replace('["town", "size"]', '["size"]')
    assert changed('@index(model: "Customer", fields: ["town", "size"])', "", text).endswith(
        "# The end.\n"
    )


def test_a_file_with_a_layout_of_its_own_keeps_it() -> None:
    text = "model A{id:ID!,name : String}\n\n\n\n# end"
    assert merge(text, "model A { id: ID! name: String! @unique size: Int }") == (
        "model A{id:ID!,name : String! @unique\n  size: Int?\n}\n\n\n\n# end\n"
    )


def test_a_schema_that_the_file_gives_its_models_is_not_said_again() -> None:
    text = '@okra(schema: "billing")\n\nmodel A {\n  id: ID!\n}\n'
    after = replace(
        read(text), models=(*read(text).models, *read('model B @schema("b") { id: ID! }').models)
    )
    assert merged(Source("m", text), after) == text + '\nmodel B @schema("b") {\n  id: ID!\n}\n'


def test_hints_of_renames_stay() -> None:
    text = 'model A @renamed(from: "Z") {\n  # @renamed(from: "ident")\n  id: ID!\n}\n'
    assert merge(text, "model A { id: ID! name: String }") == text.replace(
        "  id: ID!\n", "  id: ID!\n  name: String?\n"
    )


TEXTS = [
    SHOP,
    RICH,
    CLINIC,
    "",
    "model Customer { id: ID! }",
    (ROOT / "examples/blog/models.okra.gql").read_text(),
]


def words(definition: SchemaDefinition) -> list[str]:
    """All that models and enums say, in whatever order, but for old names and the default schema."""
    plain = SchemaDefinition(models=definition.models, enums=definition.enums)
    text = re.sub(r'@renamed\(from: "[^"]*"\)|@schema\("public"\)', "", write_schema(plain))
    return sorted(text.split())


@pytest.mark.parametrize("after", TEXTS)
@pytest.mark.parametrize("before", TEXTS)
def test_any_file_comes_to_mean_anything(before: str, after: str) -> None:
    text = merged(Source("m", before), read(after))
    found, wanted = read(text), read(after)
    assert {model.name for model in found.models} == {model.name for model in wanted.models}
    assert {enum.name for enum in found.enums} == {enum.name for enum in wanted.enums}
    assert words(found) == words(wanted)


def test_comments_inside_of_what_stays_survive_any_change() -> None:
    text = merged(
        Source("m", RICH), read(SHOP.replace("model Customer", 'model Customer @table(name: "c")'))
    )
    kept = [line for line in RICH.splitlines() if line.startswith("#")]
    assert [line for line in kept if line not in text] == []


def test_a_directive_that_goes_leaves_those_behind_it_to_their_field() -> None:
    text = (
        "model A {\n  id: ID!\n  aVeryLongNameOfAField: String!\n"
        '    @default("a default that is long enough to break the line of this field")\n'
        '    @length(max: 200) @check(expr: "length(a_very_long_name_of_a_field) > 7")\n}\n'
    )
    after = text.replace("\n    @length(max: 200)", "")
    assert merge(text, after) == after


def test_an_index_is_added_where_the_last_field_goes() -> None:
    text = "model A {\n  id: ID!\n  name: String?\n  gone: Int?\n}\n"
    after = text.replace("  gone: Int?\n", '\n  @unique(fields: ["id", "name"])\n')
    assert merge(text, after) == after
