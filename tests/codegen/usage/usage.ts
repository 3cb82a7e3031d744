// What users write with the generated types: tsc takes all of it, and refuses each line below `@ts-expect-error`.
import * as memory from "../every_type_typescript_bigint_bigint_datetime_date/models.js";
import {
  Colour,
  isColour,
  isManyThings,
  isThing,
  type ManyThings,
  type MaybeThing,
  type TagCreate,
  type TagUpdate,
  type Thing,
} from "../every_type_typescript/models.js";
import { ThingSchema, type Thing as Parsed } from "../every_type_typescript_zod_true/models.js";

export function read(value: unknown): Thing | undefined {
  // @ts-expect-error nothing is known of it yet
  value.text;
  return isThing(value) ? value : undefined;
}

export function members(thing: Thing, maybe: MaybeThing, many: ManyThings): unknown[] {
  const texts: string[] = [thing.id, thing.text, thing.bigWhole, thing.exact, thing.moment, thing.day];
  const numbers: number[] = [thing.whole, thing.real, ...many.wholes, ...many.reals];
  const perhaps: (string | null | undefined)[] = [maybe.text, maybe.bigWhole, maybe.moment];
  const ids: string[] = [...many.tagIds, ...many.boxIds];
  // @ts-expect-error it may be null
  const sure: string = maybe.text;
  // @ts-expect-error nobody knows what it is
  thing.anything.length;
  return [texts, numbers, perhaps, ids, sure, isManyThings(many)];
}

export const small: MaybeThing = { id: "1" };
export const few: TagCreate = { name: "x" };
export const all: TagCreate = { name: "x", number: "1", rank: 1, createdAt: "2026-01-02T03:04:05Z", thingIds: [] };
// @ts-expect-error nobody but its writer knows the name
export const none: TagCreate = {};
// @ts-expect-error the database computes the label
export const computed: TagCreate = { name: "x", label: "X" };
// @ts-expect-error a name is never null
export const nameless: TagCreate = { name: null };
export const nothing: TagUpdate = {};
export const renamed: TagUpdate = { name: "y", rank: 2 };
// @ts-expect-error a key stays as it is
export const moved: TagUpdate = { number: "1" };
// @ts-expect-error the database computes the label
export const labelled: TagUpdate = { label: "X" };

export const green: Colour = Colour.GREEN;
export const stored: Colour = "light green";
// @ts-expect-error that is its name, not its text
export const name: Colour = "GREEN";

export function shade(colour: Colour): number {
  switch (colour) {
    case Colour.RED:
      return 1;
    case "light green":
      return 2;
    case Colour.NO_COLOUR:
      return 3;
  }
}

export function coloured(text: string): Colour {
  return isColour(text) ? text : Colour.RED;
}

export function inMemory(value: unknown): [bigint, Date, unknown] {
  const thing: memory.Thing = memory.thingFromJson(value);
  const numbers: bigint[] = memory.manyThingsFromJson(value).bigWholes;
  // @ts-expect-error it is a Date
  const text: string = thing.moment;
  return [thing.bigWhole, thing.moment, [numbers, text, memory.thingToJson(thing)]];
}

export function checked(value: unknown): Parsed {
  const thing: Parsed = ThingSchema.parse(value);
  return thing;
}
