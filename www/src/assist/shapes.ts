/** What completion inserts: text with stops for the cursor. */

import type { Seen } from "./fields.js";
import { plain } from "./fields.js";
import { INNER } from "./place.js";

/** Text, or a stop with the text that is selected when the cursor comes there. The last stop is where Tab leaves to. */
export type Part = string | { stop: string };

/** An operator with a way of writing it. */
export interface Shape {
  /** What typed letters are compared with. */
  label: string;
  operator: string;
  /** What stands behind the colon. */
  operand: Part[];
  /** A string is wanted at the first stop: seen values can be offered there. */
  asks: boolean;
}

const stop = (text = ""): Part => ({ stop: text });
const text = (chosen: string): Part[] => ['"', stop(JSON.stringify(chosen).slice(1, -1)), '"'];

/** A range for `cidr` before anything better is known. */
const PRIVATE = "10.0.0.0/8";

/** All operators that may stand in a list of tests, their numbers and texts taken from what the events have there. */
export function testShapes(values: Seen[]): Shape[] {
  const strings = stringsOf(values);
  const one = (operator: string, operand: Part[], label = operator, asks = false): Shape => ({ label, operator, operand, asks });
  const nested = (outer: string): Shape[] =>
    (INNER[outer] ?? []).map((inner) => one(outer, [`{${JSON.stringify(inner)}: `, ...text(sampleFor(inner, strings)), "}"], `${outer} ${inner}`));
  const numeric = numericOperands(values).map(({ label, operand }) => one("numeric", operand, label));
  // Where only numbers were seen, tests of text are least wanted.
  const areNumbers = values.length > 0 && values.every((value) => isNumber(value.text));
  return [
    ...(areNumbers ? numeric : []),
    one("prefix", text(""), "prefix", true),
    one("suffix", text(""), "suffix", true),
    one("wildcard", text("*"), "wildcard"),
    one("anything-but", ["[", ...text(""), "]"], "anything-but", true),
    one("exists", ["true"], "exists true"),
    one("exists", ["false"], "exists false"),
    ...(areNumbers ? [] : numeric),
    one("equals-ignore-case", text(""), "equals-ignore-case", true),
    one("cidr", text(derived("cidr", strings)[0] ?? PRIVATE)),
    ...nested("anything-but"),
    ...nested("prefix"),
    ...nested("suffix"),
    one("exactly", text(""), "exactly", true),
  ];
}

/** What an operator may hold directly behind its name, beside a text. */
export function operandShapes(operators: string[], values: Seen[]): Pick<Shape, "label" | "operand">[] {
  const strings = stringsOf(values);
  const [outer = "", inner] = operators;
  const list = (chosen: string): Pick<Shape, "label" | "operand"> => ({ label: "list", operand: ["[", ...text(chosen), "]"] });
  if (inner !== undefined) return outer === "anything-but" ? [list(sampleFor(inner, strings))] : [];
  if (outer === "exists") return ["true", "false"].map((word) => ({ label: word, operand: [word] }));
  if (outer === "numeric") return numericOperands(values);
  const nested = (INNER[outer] ?? []).map((name) => ({ label: name, operand: [`{${JSON.stringify(name)}: `, ...text(sampleFor(name, strings)), "}"] }));
  return [...(outer === "anything-but" ? [list("")] : []), ...(outer === "cidr" ? [{ label: PRIVATE, operand: text(PRIVATE) }] : []), ...nested];
}

/** Comparisons and a range around a number that was seen; the bounds of a range must differ. */
function numericOperands(values: Seen[]): { label: string; operand: Part[] }[] {
  const seen = values.map((value) => value.text).find(isNumber) ?? "0";
  const [low, high] = Number(seen) > 0 ? ["0", seen] : Number(seen) < 0 ? [seen, "0"] : ["0", "100"];
  const compare = (operator: string): { label: string; operand: Part[] } => ({ label: `numeric ${operator}`, operand: [`["${operator}", `, stop(seen), "]"] });
  return [compare(">"), compare(">="), compare("<"), compare("<="), compare("="), { label: "numeric range", operand: ['[">=", ', stop(low), ', "<=", ', stop(high), "]"] }];
}

/** A number that `numeric` can compare, spelled with no more digits than a double holds. */
export function isNumber(value: string): boolean {
  return /^-?\d/.test(value) && value.replace(/[eE].*|\D/g, "").length <= 15 && Number.isFinite(Number(value));
}

function stringsOf(values: Seen[]): string[] {
  return values.filter(({ text: value }) => value.startsWith('"')).map(({ text: value }) => plain(value));
}

/** A text that is valid for an operator inside of another one, where nothing is chosen yet. */
function sampleFor(operator: string, strings: string[]): string {
  return operator === "wildcard" ? "*" : (derived(operator, strings)[0] ?? strings[0] ?? "text");
}

/** Pieces of seen strings that an operator is mostly asked for: a folder, an ending, a network. */
export function derived(operator: string, strings: string[]): string[] {
  const make = DERIVED[operator];
  return make ? [...new Set(strings.flatMap(make))].filter((piece) => piece !== "").slice(0, 30) : [];
}

const escaped = (piece: string): string => piece.replace(/[*\\]/g, "\\$&");
/** Up to each of the first few marks that divide a name. */
const beginnings = (value: string): string[] => [...value.matchAll(/[/:._-]/g)].slice(0, 4).map(({ index }) => value.slice(0, index + 1)).filter((piece) => piece !== value);
const endings = (value: string): string[] => [/\.[^./:]+$/, /[/:][^/:]+$/].flatMap((pattern) => pattern.exec(value)?.[0] ?? []).filter((piece) => piece !== value);

const DERIVED: Record<string, ((value: string) => string[]) | undefined> = Object.assign(Object.create(null), {
  prefix: beginnings,
  suffix: endings,
  wildcard: (value: string) => [...beginnings(value).map((piece) => `${escaped(piece)}*`), ...endings(value).map((piece) => `*${escaped(piece)}`)],
  cidr(value: string) {
    const address = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$/.exec(value);
    return address ? [`${address[1]}.${address[2]}.${address[3]}.0/24`, `${address[1]}.${address[2]}.0.0/16`] : [];
  },
});
