/** A valid pattern as the conditions that it states, for those who put it into words. */

import { type JsonNode, decode, readJson, textOf } from "./json.js";

/** A list of tests on one path, or alternatives each of which is a list of conditions. */
export type Condition = { path: string; tests: Test[] } | { alternatives: Condition[][] };

/** What one element of a list asks. `not` is the inner operator of `anything-but`, `""` for plain values. */
export type Test =
  | { kind: "equals" | "exactly" | "prefix" | "suffix" | "equals-ignore-case" | "wildcard" | "cidr"; values: Value[]; anyCase?: boolean }
  | { kind: "not"; operator: string; values: Value[] }
  | { kind: "numeric"; bounds: [operator: string, number: string][] }
  | { kind: "exists"; exists: boolean };

/** A string, or the text of a number, `true`, `false` or `null`. */
export type Value = { string: string } | { word: string };

type FieldCondition = Extract<Condition, { path: string }>;

/** More combinations of alternatives than these are left as they are written. */
const MOST_RULES = 32;

/** The conditions of a pattern, all of which must hold. */
export function conditionsOf(pattern: string): Condition[] {
  const root = readJson(pattern);
  if (root?.kind !== "object") return [];
  const written = read(pattern, root, "");
  if (!overlaps(written)) return written;
  // A path inside of an alternative and again outside of it: one list replaces the other, and in which alternative depends on the order.
  const rules = combine(pattern, root, "", [new Map()]);
  if (rules.length > MOST_RULES) return written;
  const [only, ...others] = rules.map((rule): Condition[] => [...rule.values()]);
  return others.length ? [{ alternatives: [only ?? [], ...others] }] : (only ?? []);
}

function read(text: string, object: JsonNode, path: string): Condition[] {
  const conditions: Condition[] = [];
  for (const { key, value } of object.members) {
    const below = path === "" ? key : `${path}.${key}`;
    if (key === "$or" && value.kind === "array") conditions.push({ alternatives: value.items.map((item) => read(text, item, path)) });
    else if (value.kind === "object") for (const condition of read(text, value, below)) add(conditions, condition);
    else add(conditions, { path: below, tests: testsOf(text, value) });
  }
  return conditions;
}

/** Of two lists for one path the last one counts. */
function add(conditions: Condition[], condition: Condition): void {
  const before = "path" in condition ? conditions.findIndex((other) => "path" in other && other.path === condition.path) : -1;
  if (before >= 0) conditions.splice(before, 1);
  conditions.push(condition);
}

function overlaps(conditions: Condition[]): boolean {
  const fields = conditions.filter((condition) => "path" in condition).map(({ path }) => path);
  const seen = new Set(fields);
  for (const condition of conditions) {
    if (!("alternatives" in condition)) continue;
    if (condition.alternatives.some(overlaps)) return true;
    const inside = new Set(condition.alternatives.flatMap(pathsOf));
    for (const path of inside) if (seen.has(path)) return true;
    for (const path of inside) seen.add(path);
  }
  return false;
}

function pathsOf(conditions: Condition[]): string[] {
  return conditions.flatMap((condition) => ("path" in condition ? [condition.path] : condition.alternatives.flatMap(pathsOf)));
}

/** The rules that a pattern with `$or` stands for: each alternative goes on from what was written before it. */
function combine(text: string, object: JsonNode, path: string, before: Map<string, FieldCondition>[]): Map<string, FieldCondition>[] {
  let rules = before;
  for (const { key, value } of object.members) {
    const below = path === "" ? key : `${path}.${key}`;
    if (rules.length > MOST_RULES) return rules;
    if (key === "$or" && value.kind === "array") {
      const from = rules;
      rules = value.items.flatMap((item) => combine(text, item, path, from.map((rule) => new Map(rule))));
    } else if (value.kind === "object") rules = combine(text, value, below, rules);
    else for (const rule of rules) rule.set(below, { path: below, tests: testsOf(text, value) });
  }
  return rules;
}

function testsOf(text: string, list: JsonNode): Test[] {
  return list.items.map((item) => testOf(text, item));
}

function testOf(text: string, item: JsonNode): Test {
  const operator = item.members[0];
  if (!operator) return { kind: "equals", values: [valueOf(text, item)] };
  const { key, value } = operator;
  const inner = value.members[0];
  if (key === "exists") return { kind: "exists", exists: textOf(text, value) === "true" };
  if (key === "numeric") return { kind: "numeric", bounds: boundsOf(text, value) };
  if (key === "anything-but") return { kind: "not", operator: inner?.key ?? "", values: valuesOf(text, inner?.value ?? value) };
  if (key === "prefix" || key === "suffix") return { kind: key, values: valuesOf(text, inner?.value ?? value), anyCase: Boolean(inner) };
  if (key === "exactly" || key === "wildcard" || key === "cidr" || key === "equals-ignore-case") return { kind: key, values: valuesOf(text, value) };
  return { kind: "equals", values: [] };
}

function boundsOf(text: string, { items }: JsonNode): [string, string][] {
  const words = items.map((item) => decode(textOf(text, item)));
  return words.flatMap((word, index): [string, string][] => (index % 2 ? [[words[index - 1] ?? "", word]] : []));
}

function valuesOf(text: string, node: JsonNode): Value[] {
  return node.kind === "array" ? node.items.map((item) => valueOf(text, item)) : [valueOf(text, node)];
}

function valueOf(text: string, node: JsonNode): Value {
  const written = textOf(text, node);
  return node.kind === "string" ? { string: decode(written) } : { word: written };
}
