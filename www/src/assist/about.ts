/** What the word at a place of a pattern is: an operator, a key of every event, or a field that the selected event has or lacks. */

import { type Samples, join } from "./fields.js";
import { decode } from "./json.js";
import { type Place, placeAt } from "./place.js";

export interface About {
  from: number;
  to: number;
  /** The operator or key whose manual belongs here. */
  manual?: string;
  /** The operator around this one. */
  within?: string;
  /** What the selected event has there. */
  field?: { path: string; values: string[]; keys: string[] };
}

/** None where the place is in no key. */
export function aboutPlace(text: string, offset: number, samples: Samples): About | undefined {
  const place = placeAt(text, offset);
  if (place.literal !== "string" && place.literal !== "open") return undefined;
  const { from, to, role, operators } = place;
  const word = decode(text.slice(from, to));
  if (role === "operator" && isKey(place)) return { from, to, manual: word, ...(operators[0] !== undefined && { within: operators[0] }) };
  if (role === "numbers") return { from, to, manual: "numeric" };
  if (role !== "fields" || !isKey(place)) return undefined;
  if (word === "$or") return { from, to, manual: word };
  const path = [...place.path, word].reduce(join, "");
  const found = samples.selected(path);
  const field = { path, values: [...(found?.values ?? [])], keys: [...(found?.keys ?? [])] };
  return { from, to, field, ...(place.path.length === 0 && { manual: word }) };
}

function isKey({ wants, follows }: Place): boolean {
  return wants === "key" || (wants === "comma" && follows === ":");
}
