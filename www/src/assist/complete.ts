/** What can be written at a place of a pattern. Text and samples in, suggestions out; nothing here knows an editor. */

import { type Samples, type Seen, join, plain } from "./fields.js";
import { ENVELOPE } from "./manual.js";
import { INNER, type Place, placeAt } from "./place.js";
import { type Part, type Shape, derived, isNumber, operandShapes, testShapes } from "./shapes.js";

export type Group = "seen" | "envelope" | "fields" | "tests" | "shapes";

export interface Suggestion {
  group: Group;
  /** What the typed letters are compared with. */
  label: string;
  /** What is shown, where that is not the label. */
  shown?: string;
  /** A few words beside it. */
  detail?: string;
  /** The operator or the key whose manual explains it. */
  manual?: string;
  /** What it replaces, and by what. */
  from: number;
  to: number;
  insert: Part[];
  /** More is wanted where the cursor then stands. */
  again: boolean;
}

const MOST_VALUES = 60;
const stop = (text = ""): Part => ({ stop: text });

/** The suggestions for an offset of a pattern text, the best of each group first. */
export function suggest(text: string, offset: number, samples: Samples): Suggestion[] {
  const place = placeAt(text, offset);
  if (place.role === "foreign" || place.wants === "colon") return [];
  if (place.wants === "key") return keys(place, samples);
  // Behind something complete: only in a list is it clear what the missing comma would begin.
  if (place.wants === "comma" && place.role === "fields") return keys(place, samples);
  if (place.wants === "comma" && !isList(place)) return [];
  return values(place, samples);
}

function isList({ role }: Place): boolean {
  return role === "tests" || role === "others" || role === "alternatives" || role === "numbers";
}

/** The places where typed text is looked up: behind a quote or in a word that is no number. */
export function isTyping(text: string, offset: number): boolean {
  const { literal, from } = placeAt(text, offset);
  return literal === "string" || literal === "open" || (literal === "word" && /[^\d.+-]/.test(text.charAt(from)));
}

// ---- keys ----

function keys(place: Place, samples: Samples): Suggestion[] {
  if (place.role === "operator") return operatorKeys(place, samples);
  if (place.role !== "fields") return [];
  const path = place.path.reduce(join, "");
  const free = (key: string): boolean => !place.taken.has(key);
  const known = place.path.length === 0 ? Object.keys(ENVELOPE) : [];
  const envelope = known.filter(free).map((key) => keyOf(place, samples, path, key, "envelope"));
  const seen = samples.keys(path).filter(({ text }) => free(text) && !known.includes(text) && text !== "$or");
  const or = free("$or") ? [keyOf(place, samples, path, "$or", "shapes")] : [];
  return [...envelope, ...seen.map((found) => keyOf(place, samples, path, found.text, "fields", found)), ...or];
}

function keyOf(place: Place, samples: Samples, path: string, key: string, group: Group, seen?: Seen): Suggestion {
  const below = join(path, key);
  const isObject = !samples.values(below).length && (samples.keys(below).length > 0 || below === "detail");
  const now = samples.selected(below)?.values;
  const detail = now?.size ? brief([...now].join(", ")) : seen && tally(seen, samples);
  const name = JSON.stringify(key);
  const value: Part[] = key === "$or" ? ["[{", stop(), "}, {", stop(), "}]"] : isObject ? ["{\n\t", stop(), "\n}"] : ["[", stop(), "]"];
  const suggestion = { group, label: key, ...(group !== "fields" && { manual: key }), ...(detail !== undefined && { detail }), from: place.from, to: place.to };
  // What stands behind the key already is kept.
  if (place.follows === ":") return { ...suggestion, insert: [name], again: false };
  if (isValue(place.follows)) return { ...suggestion, insert: separated({ ...place, follows: ":" }, [name, ": "]), again: false };
  return { ...suggestion, insert: separated(place, [name, ": ", ...value, stop()]), again: true };
}

/** Something that a key or a comma would have to stand before. */
function isValue(follows: Place["follows"]): boolean {
  return follows === "string" || follows === "word" || follows === "{" || follows === "[";
}

function operatorKeys(place: Place, samples: Samples): Suggestion[] {
  // An operator stands alone in its object.
  if (place.taken.size > 0) return [];
  const all = testShapes(samples.values(place.path.reduce(join, "")));
  const inner = place.operators.length ? INNER[place.operators[0] ?? ""] : undefined;
  const replaced = { from: place.from, to: place.to };
  if (place.follows === ":") {
    const names = inner ?? [...new Set(all.map(({ operator }) => operator))];
    return names.map((name) => ({ group: "tests", label: name, manual: name, ...replaced, insert: [JSON.stringify(name)], again: false }));
  }
  if (inner) return inner.map((name) => ({ group: "tests", label: name, manual: name, ...replaced, insert: [`${JSON.stringify(name)}: "`, stop(name === "wildcard" ? "*" : "text"), '"', stop()], again: false }));
  return all.map((shape) => ({ ...shapeOf(shape), ...replaced, insert: [...bodyOf(shape), stop()], again: shape.asks }));
}

// ---- values ----

function values(place: Place, samples: Samples): Suggestion[] {
  switch (place.role) {
    case "root":
      return root(place, samples);
    case "fields":
      return fieldValues(place, samples);
    case "alternatives":
      return [{ group: "shapes", label: "{ }", from: place.from, to: place.to, insert: separated(place, ["{", stop(), "}", stop()]), again: true }];
    case "tests":
      return [...seenValues(place, samples), ...testShapes(at(place, samples)).map((shape) => testOf(place, shape))];
    case "operator":
      return operands(place, samples);
    case "others":
      return otherValues(place, samples);
    case "numbers":
      return numbers(place, samples);
    default:
      return [];
  }
}

function at(place: Place, samples: Samples): Seen[] {
  return samples.values(place.path.reduce(join, ""));
}

/** A whole pattern to start from: the source and the type of the selected event. */
function root(place: Place, samples: Samples): Suggestion[] {
  if (place.literal === "string" || place.wants !== "value") return [];
  const line = (key: string): Part[] => [`\t${JSON.stringify(key)}: [`, stop([...(samples.selected(key)?.values ?? [])][0] ?? '"text"'), "]"];
  const insert = ["{\n", ...line("source"), ",\n", ...line("detail-type"), "\n}", stop()];
  return [{ group: "shapes", label: '{ "source": …, "detail-type": … }', from: place.from, to: place.to, insert, again: false }];
}

/** Behind `"key":` stands a list or an object, even where the user has begun with a quote. */
function fieldValues(place: Place, samples: Samples): Suggestion[] {
  // A value is there already.
  if (place.literal === "none" && isValue(place.follows)) return [];
  const replaced = { from: place.from, to: place.to };
  const shape = (label: string, insert: Part[]): Suggestion => ({ group: "shapes", label, ...replaced, insert: separated(place, [...insert, stop()]), again: true });
  if (place.key === "$or") return [shape("[{ }, { }]", ["[{", stop(), "}, {", stop(), "}]"])];
  const path = [...place.path, place.key].reduce(join, "");
  const inside: Place = { ...place, path: [...place.path, place.key], items: [], index: 0, wants: "value", role: "tests" };
  const isObject = samples.keys(path).length > 0 || path === "detail";
  const listed = (suggestion: Suggestion): Suggestion => ({ ...suggestion, shown: `[${suggestion.shown ?? suggestion.label}]`, ...replaced, insert: separated(place, ["[", ...withoutEnd(suggestion.insert), "]", stop()]) });
  const whole = { ...inside, literal: "none", follows: "]" } satisfies Place;
  const tests = path === "detail" ? [] : [...seenValues(whole, samples), ...testShapes(samples.values(path)).map((each) => testOf(whole, each))];
  const object = shape("{ }", ["{\n\t", stop(), "\n}"]);
  return isObject ? [object, ...tests.map(listed)] : [...tests.map(listed), object];
}

function withoutEnd(insert: Part[]): Part[] {
  const last = insert.at(-1);
  return typeof last === "object" && last.stop === "" ? insert.slice(0, -1) : insert;
}

function seenValues(place: Place, samples: Samples): Suggestion[] {
  const taken = new Set(place.items);
  const fresh = at(place, samples).filter(({ text }) => !taken.has(text));
  return fresh.slice(0, MOST_VALUES).map((seen) => valueOf(place, seen.text, tally(seen, samples)));
}

/** The text of a value, put where the cursor is: it replaces the whole literal. */
function valueOf(place: Place, written: string, detail?: string): Suggestion {
  return { group: "seen", label: plain(written), shown: written, ...(detail !== undefined && { detail }), from: place.from, to: place.to, insert: separated(place, [written]), again: false };
}

function testOf(place: Place, shape: Shape): Suggestion {
  return { ...shapeOf(shape), from: place.from, to: place.to, insert: separated(place, ["{", ...bodyOf(shape), "}", stop()]), again: shape.asks };
}

function shapeOf(shape: Shape): Pick<Suggestion, "group" | "label" | "shown" | "manual"> {
  const body = bodyOf(shape).map((part) => (typeof part === "string" ? part : part.stop));
  return { group: "tests", label: shape.label, shown: `{${body.join("").replace('""', '"…"')}}`, manual: shape.operator };
}

function bodyOf({ operator, operand }: Shape): Part[] {
  return [`${JSON.stringify(operator)}: `, ...operand];
}

function operands(place: Place, samples: Samples): Suggestion[] {
  if (place.literal === "none" && isValue(place.follows)) return [];
  const operators = [...place.operators, place.key];
  const last = operators.at(-1) ?? "";
  const seen = at(place, samples);
  const alone = { ...place, follows: "" } satisfies Place;
  const shapes = operandShapes(operators, seen).map(({ label, operand }): Suggestion => {
    const shown = operand.map((part) => (typeof part === "string" ? part : part.stop)).join("");
    return { group: "shapes", label, shown, from: place.from, to: place.to, insert: operand.length > 1 ? [...operand, stop()] : operand, again: false };
  });
  return [...textsFor(last, seen).map((text) => valueOf(alone, text)), ...shapes];
}

/** Pieces of seen texts first, then whole ones; beside texts, only `anything-but` takes numbers. */
function textsFor(operator: string, seen: Seen[]): string[] {
  if (operator === "numeric" || operator === "exists") return [];
  const texts = seen.filter(({ text }) => text.startsWith('"')).map(({ text }) => plain(text));
  const pieces = derived(operator, texts).map((piece) => JSON.stringify(piece));
  const whole = operator === "cidr" || operator === "wildcard" ? [] : seen.filter(({ text }) => text.startsWith('"') || (operator === "anything-but" && isNumber(text))).map(({ text }) => text);
  return [...new Set([...pieces, ...whole])].slice(0, MOST_VALUES);
}

/** The members of an `anything-but` list are all strings or all numbers. */
function otherValues(place: Place, samples: Samples): Suggestion[] {
  const [first] = place.items;
  const wantsNumbers = place.operators.length === 1 && first !== undefined && first !== '""' && !first.startsWith('"');
  const isText = place.operators.length > 1 || (first !== undefined && !wantsNumbers) || place.literal === "string" || place.literal === "open";
  const fits = (text: string): boolean => (text.startsWith('"') ? !wantsNumbers : !isText && isNumber(text));
  const taken = new Set(place.items);
  const seen = at(place, samples).filter(({ text }) => fits(text) && !taken.has(text));
  return textsFor(place.operators.at(-1) ?? "", seen).map((text) => valueOf(place, text, tallyOf(text, seen, samples)));
}

/** `numeric` is written as operator, number, operator, number. */
function numbers(place: Place, samples: Samples): Suggestion[] {
  const replaced = { from: place.from, to: place.to };
  if (place.index % 2) return at(place, samples).filter(({ text }) => isNumber(text)).slice(0, MOST_VALUES).map(({ text }) => ({ ...valueOf(place, text), insert: separated(place, [text]) }));
  const operators = place.index === 0 ? [">", ">=", "<", "<=", "="] : place.items[0]?.startsWith('">') ? ["<", "<="] : [];
  return operators.map((operator) => ({ group: "tests", label: operator, shown: `"${operator}"`, manual: "numeric", ...replaced, insert: separated(place, [`"${operator}"`]), again: false }));
}

/** Commas where the neighbors need them. */
function separated({ wants, follows, role }: Place, insert: Part[]): Part[] {
  const behind = role !== "root" && (isValue(follows) || follows === "key");
  return [...(wants === "comma" ? [", "] : []), ...insert, ...(behind ? [","] : [])];
}

/** How many events have it; with a single event there is nothing to say. */
function tally({ events, selected }: Seen, { count }: Samples): string | undefined {
  if (count < 2) return undefined;
  return selected && events === 1 ? "this event" : `${events} of ${count} events`;
}

function tallyOf(text: string, seen: Seen[], samples: Samples): string | undefined {
  const found = seen.find((each) => each.text === text);
  return found && tally(found, samples);
}

function brief(text: string): string {
  return text.length <= 28 ? text : `${text.slice(0, 27)}…`;
}
