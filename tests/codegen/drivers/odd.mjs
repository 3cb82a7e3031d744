// Values that no JSON has, and how guards take them: prints the names of those that were taken though they should not
// have been, and the other way round. Arguments: the folders of the code with text, and with bigint and Date, in memory.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [texts, memory] = await Promise.all(
  process.argv.slice(2).map((place) => import(pathToFileURL(join(place, "models.js")).href)),
);
const base = {
  id: "1",
  text: "x",
  whole: 1,
  bigWhole: "1",
  real: 1.5,
  exact: "1.5",
  flag: true,
  moment: "2026-01-02T03:04:05Z",
  day: "2026-01-02",
  hour: "03:04:05",
  anything: null,
  data: "",
  place: "",
  colour: "RED",
};
const inMemory = { ...base, bigWhole: 1n, moment: new Date(0) };
const circle = [];
circle.push(circle);

const wrong = {
  "a function": () => base,
  "a text of JSON": JSON.stringify(base),
  "members that are inherited": Object.create(base),
  "an array with the members": Object.assign([], base),
  "a Map": new Map(Object.entries(base)),
  undefined,
  "NaN": { ...base, real: Number.NaN },
  "Infinity": { ...base, real: Number.POSITIVE_INFINITY },
  "NaN as a whole number": { ...base, whole: Number.NaN },
  "a bigint as a whole number": { ...base, whole: 1n },
  "a bigint as a text": { ...base, bigWhole: 1n },
  "a Date as a text": { ...base, moment: new Date(0) },
  "a String": { ...base, text: new String("x") },
  "a Number": { ...base, whole: new Number(1) },
  "a Boolean": { ...base, flag: new Boolean(true) },
  "a symbol": { ...base, text: Symbol("x") },
  "undefined where there has to be something": { ...base, text: undefined },
  "undefined where JSON has to be": { ...base, anything: undefined },
};
const right = {
  "no prototype": Object.assign(Object.create(null), base),
  "an instance of a class": Object.assign(new (class Row {})(), base),
  frozen: Object.freeze({ ...base }),
  "minus zero": { ...base, whole: -0, real: -0 },
};
const wrongInMemory = {
  "a Date that is none": { ...inMemory, moment: new Date(Number.NaN) },
  "a number of milliseconds": { ...inMemory, moment: 0 },
  "a text as a Date": { ...inMemory, moment: base.moment },
  "a text as a bigint": { ...inMemory, bigWhole: "1" },
  "a number as a bigint": { ...inMemory, bigWhole: 1 },
  "too large a bigint": { ...inMemory, bigWhole: 2n ** 63n },
  "too small a bigint": { ...inMemory, bigWhole: -(2n ** 63n) - 1n },
};
const rightInMemory = {
  "as it is": inMemory,
  "the largest bigint": { ...inMemory, bigWhole: 2n ** 63n - 1n },
  "the smallest bigint": { ...inMemory, bigWhole: -(2n ** 63n) },
};

const sparse = { id: "1", ids: [], texts: new Array(1), wholes: [], bigWholes: [], reals: [], exacts: [], flags: [] };
Object.assign(sparse, { moments: [], days: [], hours: [], colours: [], tagIds: [], boxIds: [] });

function differing(guard, values, expected) {
  return Object.entries(values).flatMap(([name, value]) => (guard(value) === expected ? [] : [`${name}: ${!expected}`]));
}

const found = [
  ...differing(texts.isThing, wrong, false),
  ...differing(texts.isThing, right, true),
  ...differing(memory.isThing, wrongInMemory, false),
  ...differing(memory.isThing, rightInMemory, true),
  ...differing(texts.isManyThings, { "a hole in a list": sparse }, false),
  ...differing(texts.isManyThings, { "an array-like": { ...sparse, texts: { length: 0 } } }, false),
  ...differing(texts.isManyThings, { "no hole": { ...sparse, texts: [] } }, true),
  ...differing(texts.isColour, { name: "GREEN", inherited: "toString", symbol: Symbol("RED"), nothing: null }, false),
  ...differing(texts.isMaybeThing, { "undefined is nothing": { id: "1", text: undefined, whole: null } }, true),
];
const written = JSON.stringify(memory.thingToJson(inMemory));
if (written !== JSON.stringify({ ...base, moment: "1970-01-01T00:00:00Z" })) found.push(written);
console.log(JSON.stringify(found));
