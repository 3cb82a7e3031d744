// Reads items.json, has the generated code read and write each value, and writes answers.json.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, options] = JSON.parse(readFileSync("cases.json", "utf8"));
const items = JSON.parse(readFileSync("items.json", "utf8"));
const loaded = new Map();

async function code(name) {
  if (!loaded.has(name)) {
    const place = join(folder, name);
    const all = {};
    for (const file of readdirSync(place).filter((each) => each.endsWith(".js"))) {
      Object.assign(all, await import(pathToFileURL(join(place, file)).href));
    }
    loaded.set(name, all);
  }
  return loaded.get(name);
}

function read(found, said, model, text) {
  const value = JSON.parse(text);
  const inMemory = said.bigInt === "bigint" || said.dateTime === "Date";
  const start = model[0].toLowerCase() + model.slice(1);
  let thing = value;
  if (inMemory) {
    try {
      thing = found[`${start}FromJson`](value);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { error: error.message, kind: error.constructor.name };
    }
  }
  const guard = found[`is${model}`](thing);
  const answer = { guard };
  if (said.zod) answer.zod = found[`${model}Schema`].safeParse(thing).success;
  if (!guard) return { ...answer, error: `is${model} says no` };
  return { ...answer, text: JSON.stringify(inMemory ? found[`${start}ToJson`](thing) : thing) };
}

const answers = [];
for (const { case: name, model, text } of items) {
  answers.push(read(await code(name), options[name], model, text));
}
writeFileSync("answers.json", JSON.stringify(answers));
