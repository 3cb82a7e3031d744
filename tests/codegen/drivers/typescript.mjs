// What generated guards, conversions and Zod schemas make of values that JSON can't say, and of hostile names.
// Prints a line for each thing that is not as it should be.
import { runInNewContext } from "node:vm";

const code = await import(process.argv[2]);
let at = "";

function check(name, found) {
  if (!found) console.log(`${at}: ${name}`);
}

function message(work) {
  try {
    work();
  } catch (error) {
    return error instanceof TypeError ? error.message : String(error);
  }
  return "nothing";
}

// A row as its JSON has it, and in memory.
const role = 'the "admin"\n\\ \u2028 ${x} `y` </script>';
const json = {
  id: "1",
  name: "a",
  short: "😀😀",
  views: "-9223372036854775808",
  ranks: ["9223372036854775807"],
  at: "2024-02-29T23:59:59.123456789+23:59",
  rate: 1.5,
  whole: 2147483647,
  data: null,
  items: [1, "x", { a: [null] }],
  photo: "QUI=",
  role,
};
const row = code.rowFromJson(json);

function nested(depth) {
  let value = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

function refused(name, ...values) {
  for (const value of values) {
    const wrong = { ...row, [name]: value };
    check("a wrong value in memory is taken", !code.isRow(wrong));
    const asJson = typeof value === "string";
    if (code.RowSchema && !asJson) check("Zod takes it", !code.RowSchema.safeParse(wrong).success);
  }
}

function taken(name, ...values) {
  for (const value of values) {
    check("a right value in memory is refused", code.isRow({ ...row, [name]: value }));
  }
}

at = "values";
check("a row is none", code.isRow(row));
check("its JSON is one", !code.isRow(json));
const circle = { a: {} };
circle.a.b = circle;
const wrong = {
  views: [1, "1", 9223372036854775808n, -9223372036854775809n, Object(1n), null, undefined],
  ranks: [[null], [1], new Set([1n]), { 0: 1n, length: 1 }, [1n, , 2n]],
  at: [new Date(NaN), new Date(8.64e15), new Date(-62135596800001), json.at, 0, { getTime: () => 0 }],
  rate: [NaN, Infinity, -Infinity, new Number(1), 1n],
  whole: [NaN, 0.5, 2147483648, new Number(1), 1n],
  data: [undefined, NaN, 1n, () => 1, Symbol("x"), new Date(), new Map(), { a: undefined }, [, 1]],
  items: [[null], [undefined], null, [NaN]],
  name: [new String("x"), null, undefined],
  short: ["abc", "😀😀😀"],
  role: ["ADMIN", "toString", "hasOwnProperty", Object(role)],
};
for (const [name, values] of Object.entries(wrong)) {
  at = name;
  refused(name, ...values);
}
at = "deep";
refused("data", circle, nested(100_000), { a: circle });
taken("data", nested(900), Object.create(null), JSON.parse('{"__proto__":1}'), 0, "", [], {});
at = "absent";
taken("nick", null, undefined, "x");
at = "base64";
taken("photo", "", "A".repeat(16 * 1024 * 1024));
refused("photo", `${"A".repeat(16 * 1024 * 1024)}!AAA`);
at = "another realm";
taken("at", runInNewContext("new Date(0)"));
taken("data", runInNewContext("({ a: [1, {}] })"));
taken("ranks", runInNewContext("[1n]"));

at = "objects";
for (const value of [null, undefined, [], [row], "x", 1, () => 1, Object.create(row), Object.assign([], row)]) {
  check("what is no row is taken", !code.isRow(value));
}
class Own {
  constructor() {
    Object.assign(this, row);
  }
}
check("an object of a class is refused", code.isRow(new Own()));
check("an object without prototype is refused", code.isRow(Object.assign(Object.create(null), row)));
const { name: _, ...nameless } = row;
check("a member of the prototype is taken", !code.isRow(Object.setPrototypeOf({ ...nameless }, { name: "x" })));

at = "JSON";
const back = code.rowToJson(row);
check("what is null is written", !("nick" in back));
check("JSON that is null is not written", back.data === null);
check("another time is written", back.at === "2024-02-29T00:00:59.123Z");
check("another row is written", JSON.stringify({ ...back, at: json.at }) === JSON.stringify(json));
for (const [ms, text] of [
  [0, "1970-01-01T00:00:00Z"],
  [600_100, "1970-01-01T00:10:00.1Z"],
  [-62135596800000, "0001-01-01T00:00:00Z"],
  [253402300799999, "9999-12-31T23:59:59.999Z"],
]) {
  check(text, code.rowToJson({ ...row, at: new Date(ms) }).at === text);
  check(`${text} is read`, code.rowFromJson({ ...json, at: text }).at.getTime() === ms);
}
for (const [name, value, said] of [
  ["views", 2n ** 63n, "9223372036854775808 is no BigInt of 64 bits"],
  ["ranks", [1n, -(2n ** 63n) - 1n], "-9223372036854775809 is no BigInt of 64 bits"],
  ["at", new Date(NaN), "Invalid Date is no Date of the years 1 to 9999"],
]) {
  check(said, message(() => code.rowToJson({ ...row, [name]: value })) === said);
}
check("a year too late", message(() => code.rowToJson({ ...row, at: new Date(253402300800000) })).endsWith("to 9999"));
for (const [name, value, said] of [
  ["views", "x", "Row.views is no BigInt"],
  ["ranks", ["1", null], "Row.ranks[1] is no BigInt"],
  ["ranks", "1", "Row.ranks is no list"],
  ["name", undefined, "Row.name is missing"],
  ["name", null, "Row.name is no String"],
  ["short", "abc", "Row.short is no String of at most 2 characters"],
  ["role", "ADMIN", "Row.role is no Role"],
  ["at", "2024-02-30T00:00:00Z", "Row.at is no DateTime"],
  ["at", "0001-01-01T00:00:00+01:00", "Row.at is no DateTime"],
  ["at", "9999-12-31T23:59:59-00:01", "Row.at is no DateTime"],
]) {
  check(said, message(() => code.rowFromJson({ ...json, [name]: value })) === said);
}
check("no object", message(() => code.rowFromJson([json])) === "Row is no object");

at = "enum";
check("a key", JSON.stringify(Object.keys(code.Role)) === '["ADMIN","constructor","__proto__"]');
check("a text", [role, "constructor", "an own one"].every(code.isRole));

at = "inherited names";
const least = { id: "1", constructor: "c", then: "t", class: 1 };
const odd = code.objectFromJson(least);
check("an absent one is not null", odd.toString === null && odd.valueOf === null);
check("it is written", JSON.stringify(code.objectToJson(odd)) === JSON.stringify(least));
check("an absent one is written", JSON.stringify(code.objectToJson({ ...least })) === JSON.stringify(least));
const { constructor: __, ...without } = least;
check("an inherited one counts", !code.isObject(without));
check("an inherited one is read", message(() => code.objectFromJson(without)) === "Object.constructor is missing");

at = "__proto__";
if (code.isProto) {
  const said = '{"id":"1","__proto__":"x"}';
  const proto = code.protoFromJson(JSON.parse(said));
  check("it is refused", code.isProto(JSON.parse(said)) && code.isProto(proto));
  check("it is written", JSON.stringify(code.protoToJson(proto)) === said);
  check("a prototype is taken", !code.isProto({ id: "1", ["toString"]: "x" }));
  check("an absent one is read", message(() => code.protoFromJson({ id: "1" })) === "Proto.__proto__ is missing");
}

at = "Zod";
if (code.RowSchema) {
  const read = code.RowSchema.parse(json);
  check("JSON is read as another row", code.isRow(read) && read.views === row.views);
  check("a row in memory is refused", code.isRow(code.RowSchema.parse(row)));
  check("a hostile one is refused", code.isObject(code.ObjectSchema.parse(least)));
  check("an inherited one counts", !code.ObjectSchema.safeParse(without).success);
  check("a member is lost", code.ObjectSchema.parse({ ...least, toString: "x" }).toString === "x");
  check("an enum takes a key", !code.RoleSchema.safeParse("ADMIN").success);
}
console.log("looked at everything");
