"""What the generated code brings along: types that JSON needs, and functions that read and check values.

What is not used is not generated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from okra.codegen.go.forms import COMPARISONS, FORMS
from okra.codegen.go.pieces import Piece
from okra.codegen.go.reading import READING
from okra.codegen.helpers import Helper, with_needs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from okra.codegen.go.types import TypeNames


def helpers_for(pieces: Iterable[Piece], names: TypeNames) -> Piece:
    """All that the pieces need, and what that needs itself, in the order of `HELPERS`."""
    asked = {name for piece in pieces for name in piece.helpers}
    wanted = with_needs(asked, lambda name: HELPERS[name].needs)
    used = [helper for name, helper in HELPERS.items() if name in wanted]
    text = "\n".join(helper.text for helper in used)
    for name, called in (
        ("List", names.list),
        ("BigInts", names.big_ints),
        ("Bytes", names.bytes),
        ("Invalid", names.invalid),
    ):
        text = text.replace(f"<{name}>", called)
    return Piece(text=text, imports=frozenset(path for helper in used for path in helper.imports))


_TYPES = {
    "List": Helper(
        text="""\
// <List> is a slice that JSON has as [] where it is nil.
type <List>[T any] []T

// MarshalJSON writes an array, never null.
func (l <List>[T]) MarshalJSON() ([]byte, error) {
	if l == nil {
		return []byte("[]"), nil
	}
	return json.Marshal([]T(l))
}
""",
        imports=("encoding/json",),
    ),
    "BigInts": Helper(
        text="""\
// <BigInts> are whole numbers that JSON has as strings, as not all languages read large numbers exactly.
type <BigInts> []int64

// MarshalJSON writes an array of strings, never null.
func (b <BigInts>) MarshalJSON() ([]byte, error) {
	texts := make([]string, len(b))
	for index, number := range b {
		texts[index] = strconv.FormatInt(number, 10)
	}
	return json.Marshal(texts)
}

// UnmarshalJSON reads an array of strings.
func (b *<BigInts>) UnmarshalJSON(data []byte) error {
	var texts []string
	if err := json.Unmarshal(data, &texts); err != nil {
		return err
	}
	numbers := make(<BigInts>, len(texts))
	for index, text := range texts {
		number, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return err
		}
		numbers[index] = number
	}
	*b = numbers
	return nil
}
""",
        imports=("encoding/json", "strconv"),
    ),
    "Bytes": Helper(
        text="""\
// <Bytes> are bytes that JSON has in base64, and as "" where they are nil.
type <Bytes> []byte

// MarshalJSON writes a string, never null.
func (b <Bytes>) MarshalJSON() ([]byte, error) {
	return json.Marshal(base64.StdEncoding.EncodeToString(b))
}
""",
        imports=("encoding/base64", "encoding/json"),
    ),
}

_FINDINGS = {
    "Invalid": Helper(
        text="""\
// <Invalid> is what is wrong with one value; several are one error by errors.Join.
type <Invalid> struct {
	Path   string
	Reason string
}

// Error says where it is and what is wrong with it.
func (i *<Invalid>) Error() string {
	return i.Path + ": " + i.Reason
}

func invalid(path, reason string) error {
	return &<Invalid>{Path: path, Reason: reason}
}
"""
    ),
    "at": Helper(
        text="""\
func at(path string, index int) string {
	return path + "[" + strconv.Itoa(index) + "]"
}
""",
        imports=("strconv",),
    ),
}

HELPERS = {**_TYPES, **_FINDINGS, **FORMS, **COMPARISONS, **READING}
"""Every helper by the name that the rest of the generator knows it by, in the order of the file.

In their texts the names of types are `<List>`: a model may have taken the usual one.
"""
