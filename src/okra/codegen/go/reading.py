"""Generated functions that read JSON and refuse what a type does not hold."""

from __future__ import annotations

from okra.codegen.helpers import Helper

READING = {
    "object": Helper(
        text="""\
// object is a JSON object that is being read, and what was wrong with it so far.
type object struct {
	path    string
	members map[string]json.RawMessage
	found   []error
}

func readObject(path string, data []byte) (*object, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		if json.Valid(data) {
			return nil, invalid(path, "is no JSON object")
		}
		return nil, invalid(path, "is no JSON: "+err.Error())
	}
	if members == nil {
		return nil, invalid(path, "is null")
	}
	return &object{path: path, members: members}, nil
}

func (o *object) refuse(path, reason string) {
	o.found = append(o.found, invalid(path, reason))
}

// required reads a member that has to be there.
func required[T any](o *object, name string, read func(*object, string, json.RawMessage) T) T {
	path := o.path + "." + name
	raw, there := o.members[name]
	var value T
	switch {
	case !there:
		o.refuse(path, "is missing")
	case isNull(raw):
		o.refuse(path, "is null")
	default:
		value = read(o, path, raw)
	}
	return value
}

func isNull(raw json.RawMessage) bool {
	return string(bytes.TrimSpace(raw)) == "null"
}
""",
        imports=("bytes", "encoding/json"),
        needs=("Invalid",),
    ),
    "optional": Helper(
        text="""\
// optional reads a member that may be absent or null, which both mean nil.
func optional[T any](o *object, name string, read func(*object, string, json.RawMessage) T) *T {
	raw, there := o.members[name]
	if !there || isNull(raw) {
		return nil
	}
	value := read(o, o.path+"."+name, raw)
	return &value
}
""",
        imports=("encoding/json",),
        needs=("object",),
    ),
    "readList": Helper(
        text="""\
func readList[T any](read func(*object, string, json.RawMessage) T) func(*object, string, json.RawMessage) <List>[T] {
	return func(o *object, path string, raw json.RawMessage) <List>[T] {
		return readItems(o, path, raw, read)
	}
}
""",
        imports=("encoding/json",),
        needs=("List", "readItems"),
    ),
    "readBigInts": Helper(
        text="""\
func readBigInts(o *object, path string, raw json.RawMessage) <BigInts> {
	return readItems(o, path, raw, readBigInt)
}
""",
        imports=("encoding/json",),
        needs=("BigInts", "readItems", "readBigInt"),
    ),
    "readItems": Helper(
        text="""\
func readItems[T any](o *object, path string, raw json.RawMessage, read func(*object, string, json.RawMessage) T) []T {
	var raws []json.RawMessage
	if err := json.Unmarshal(raw, &raws); err != nil {
		o.refuse(path, "is no array")
		return nil
	}
	items := make([]T, len(raws))
	for index, item := range raws {
		if isNull(item) {
			o.refuse(at(path, index), "is null")
			continue
		}
		items[index] = read(o, at(path, index), item)
	}
	return items
}
""",
        imports=("encoding/json",),
        needs=("at", "object"),
    ),
    "readText": Helper(
        text="""\
func readText[T ~string](o *object, path string, raw json.RawMessage) T {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		o.refuse(path, "is no string")
	}
	return T(text)
}
""",
        imports=("encoding/json",),
        needs=("object",),
    ),
    "readBool": Helper(
        text="""\
func readBool(o *object, path string, raw json.RawMessage) bool {
	var value bool
	if err := json.Unmarshal(raw, &value); err != nil {
		o.refuse(path, "is neither true nor false")
	}
	return value
}
""",
        imports=("encoding/json",),
        needs=("object",),
    ),
    "readFloat": Helper(
        text="""\
func readFloat(o *object, path string, raw json.RawMessage) float64 {
	var number float64
	if err := json.Unmarshal(raw, &number); err != nil {
		o.refuse(path, "is no number that a Float holds")
	}
	return number
}
""",
        imports=("encoding/json",),
        needs=("object",),
    ),
    "readInt": Helper(
        text="""\
func readInt(o *object, path string, raw json.RawMessage) int32 {
	var number float64
	err := json.Unmarshal(raw, &number)
	if err != nil || number != math.Trunc(number) || number < math.MinInt32 || number > math.MaxInt32 {
		o.refuse(path, "is no whole number of 32 bits")
		return 0
	}
	return int32(number)
}
""",
        imports=("encoding/json", "math"),
        needs=("object",),
    ),
    "readBigInt": Helper(
        text="""\
func readBigInt(o *object, path string, raw json.RawMessage) int64 {
	var text string
	err := json.Unmarshal(raw, &text)
	digits := strings.TrimPrefix(text, "-")
	number, fault := strconv.ParseInt(text, 10, 64)
	if err != nil || fault != nil || !isDigits(digits) || digits[0] == '0' && text != "0" {
		o.refuse(path, "is no string with a whole number of 64 bits")
		return 0
	}
	return number
}
""",
        imports=("encoding/json", "strconv", "strings"),
        needs=("isDigits", "object"),
    ),
    "readBytes": Helper(
        text="""\
func readBytes(o *object, path string, raw json.RawMessage) <Bytes> {
	var text string
	err := json.Unmarshal(raw, &text)
	value, fault := base64.StdEncoding.DecodeString(text)
	if err != nil || fault != nil || strings.ContainsAny(text, "\\r\\n") {
		o.refuse(path, "is no string in base64")
		return nil
	}
	return value
}
""",
        imports=("encoding/base64", "encoding/json", "strings"),
        needs=("Bytes", "object"),
    ),
    "readJSON": Helper(
        text="""\
func readJSON(_ *object, _ string, raw json.RawMessage) json.RawMessage {
	return raw
}
""",
        imports=("encoding/json",),
        needs=("object",),
    ),
    "requiredJSON": Helper(
        text="""\
// requiredJSON reads a member that has to be there, and may be null: that is JSON too.
func requiredJSON(o *object, name string) json.RawMessage {
	raw, there := o.members[name]
	if !there {
		o.refuse(o.path+"."+name, "is missing")
	}
	return raw
}
""",
        imports=("encoding/json",),
        needs=("object",),
    ),
    "readTime": Helper(
        text="""\
func readTime(o *object, path string, raw json.RawMessage) time.Time {
	var text string
	err := json.Unmarshal(raw, &text)
	if err != nil || !isDateTime(text) {
		o.refuse(path, "is no date and time with an offset")
		return time.Time{}
	}
	moment, _ := time.Parse(time.RFC3339Nano, text)
	return moment.UTC()
}
""",
        imports=("encoding/json", "time"),
        needs=("isDateTime", "object"),
    ),
}
