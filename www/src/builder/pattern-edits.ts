/**
 * Edits of a pattern's text, made by clicking. Only what has to change changes: the rest stays as it was written, and what is new
 * follows the layout that it finds.
 */

import type { Edit } from "../edits.js";
import { type ArrayNode, type Entry, Json, type Node, type ObjectNode, readJson } from "../intake/json.js";

export type Result = { edits: Edit[] } | { refused: string };

/** How a value of the event is tested. `prefix`, `suffix` and the numbers take an argument as JSON text. */
export type Test = { kind: "equals" } | { kind: "exists" } | { kind: "prefix" | "suffix" | "at-least" | "at-most" | "equals-ignore-case" | "anything-but"; argument: string };

/** The element of a list of tests that stands for a test of this value, as JSON text. */
function elementOf(valueText: string, test: Test): string {
  switch (test.kind) {
    case "equals":
      return valueText;
    case "exists":
      return '{ "exists": true }';
    case "at-least":
      return `{ "numeric": [">=", ${test.argument}] }`;
    case "at-most":
      return `{ "numeric": ["<=", ${test.argument}] }`;
    default:
      return `{ "${test.kind}": ${test.argument} }`;
  }
}

/** Adds a test of the field at `path` (keys only: patterns look through arrays). No edits if it is there already. */
export function addToPattern(text: string, path: string[], valueText: string, test: Test = { kind: "equals" }): Result {
  const element = elementOf(valueText, test);
  if (text.trim() === "") return { edits: [{ from: 0, to: text.length, newText: `{\n  ${member(path, element, "\n  ", "  ")}\n}` }] };
  const root = readJson(text);
  if (root?.kind !== "object") return { refused: "The pattern is not a JSON object, so nothing can be added to it" };
  if (path.includes("$or")) return { refused: "`$or` has a meaning of its own in a pattern, so no field of that name can be tested" };
  let node: ObjectNode = root;
  for (const [depth, key] of path.entries()) {
    const entry = lastEntry(node, key);
    if (!entry) return { edits: [insertMember(text, root, node, path.slice(depth), element)] };
    const here = path.slice(0, depth + 1).join(".");
    if (depth === path.length - 1) {
      if (entry.value.kind !== "array") return { refused: `In the pattern, \`${here}\` is not a list of values` };
      return { edits: indexOf(text, entry.value, element) < 0 ? [insertItem(text, entry.value, element)] : [] };
    }
    if (entry.value.kind !== "object") return { refused: `In the pattern, \`${here}\` is a list of values, so no field below it can be tested` };
    node = entry.value;
  }
  return { edits: [] };
}

/** Takes a test away again, and with the last one of a list the list, and with the last list of an object the object. */
export function removeFromPattern(text: string, path: string[], valueText: string, test: Test = { kind: "equals" }): Result {
  const place = find(text, path);
  const index = place ? indexOf(text, place.list, elementOf(valueText, test)) : -1;
  if (!place || index < 0) return { edits: [] };
  const { list, parents } = place;
  if (list.items.length > 1) return { edits: [cut(list.items, index)] };
  // The innermost object that keeps another member.
  for (const { object, entry } of parents.toReversed()) {
    const members = object.entries.map(({ from, value }) => ({ from, to: value.to }));
    if (members.length > 1) return { edits: [cut(members, object.entries.indexOf(entry))] };
  }
  const root = parents[0]?.object;
  return { edits: root ? [{ from: root.from, to: root.to, newText: "{}" }] : [] };
}

export function isInPattern(text: string, path: string[], valueText: string, test: Test = { kind: "equals" }): boolean {
  const place = find(text, path);
  return place !== undefined && indexOf(text, place.list, elementOf(valueText, test)) >= 0;
}

let lastRead: { text: string; root: Node | undefined } = { text: "", root: undefined };

/** The pattern is asked for each value of an event, and read once. */
function rootOf(text: string): Node | undefined {
  if (lastRead.text !== text) lastRead = { text, root: readJson(text) };
  return lastRead.root;
}

function find(text: string, path: string[]): { list: ArrayNode; parents: { object: ObjectNode; entry: Entry }[] } | undefined {
  let node = rootOf(text);
  const parents: { object: ObjectNode; entry: Entry }[] = [];
  for (const key of path) {
    const entry: Entry | undefined = node?.kind === "object" ? lastEntry(node, key) : undefined;
    if (node?.kind !== "object" || !entry) return undefined;
    parents.push({ object: node, entry });
    node = entry.value;
  }
  return node?.kind === "array" ? { list: node, parents } : undefined;
}

function lastEntry(node: ObjectNode, key: string): Entry | undefined {
  return node.entries.findLast((entry) => entry.key === key);
}

/** Where a list has this element, whatever the layout of either. */
function indexOf(text: string, list: ArrayNode, element: string): number {
  const wanted = Json.of(element);
  return wanted ? list.items.findIndex((item) => isSame(new Json(text, item), wanted)) : -1;
}

function isSame(a: Json, b: Json): boolean {
  if (a.node.kind !== b.node.kind) return false;
  if (a.node.kind === "string") return a.string() === b.string();
  if (a.node.kind === "array") return a.items().length === b.items().length && a.items().every((item, index) => isSameAs(item, b.items()[index]));
  if (a.node.kind === "object") return a.members().length === b.members().length && a.members().every(([key, value]) => isSameAs(value, b.get(key)));
  return a.source === b.source;
}

function isSameAs(a: Json, b: Json | undefined): boolean {
  return b !== undefined && isSame(a, b);
}

/** Takes one of several members or items away, with the comma and the space that belong to it. */
function cut(all: { from: number; to: number }[], index: number): Edit {
  const [before, at, after] = [all[index - 1], all[index], all[index + 1]];
  if (!at) return { from: 0, to: 0, newText: "" };
  return after ? { from: at.from, to: after.from, newText: "" } : { from: before?.to ?? at.from, to: at.to, newText: "" };
}

function insertItem(text: string, list: ArrayNode, element: string): Edit {
  const last = list.items.at(-1);
  if (!last) return { from: list.from + 1, to: list.to - 1, newText: element };
  const gap = spaceBefore(text, last.from);
  return { from: last.to, to: last.to, newText: `,${list.items.length === 1 ? lineOr(gap, " ") : gap}${element}` };
}

/** A list on one line goes on with a space, whatever stands behind its bracket. */
function lineOr(gap: string, otherwise: string): string {
  return gap.includes("\n") ? gap : otherwise;
}

function insertMember(text: string, root: ObjectNode, object: ObjectNode, path: string[], element: string): Edit {
  const unit = unitOf(text, root);
  const last = object.entries.at(-1);
  if (last) {
    const gap = spaceBefore(text, last.from);
    const newText = `,${object.entries.length === 1 ? lineOr(gap, gap || " ") : gap}${member(path, element, gap, unit)}`;
    return { from: last.value.to, to: last.value.to, newText };
  }
  // An empty object opens up, unless the whole pattern stands on one line.
  const outer = indentAt(text, object.from);
  const gap = root.entries.length === 0 || text.slice(root.from, root.to).includes("\n") ? `\n${outer}${unit}` : " ";
  const end = gap === " " ? " " : `\n${outer}`;
  return { from: object.from + 1, to: object.to - 1, newText: `${gap}${member(path, element, gap, unit)}${end}` };
}

/** `"a": { "b": [element] }`, over several lines where `gap`, the space in front of it, has a line break. */
function member([key = "", ...rest]: string[], element: string, gap: string, unit: string): string {
  const name = `${JSON.stringify(key)}: `;
  if (rest.length === 0) return `${name}[${element}]`;
  if (!gap.includes("\n")) return `${name}{ ${member(rest, element, gap, unit)} }`;
  const indent = gap.slice(gap.lastIndexOf("\n") + 1);
  return `${name}{\n${indent}${unit}${member(rest, element, `\n${indent}${unit}`, unit)}\n${indent}}`;
}

function spaceBefore(text: string, at: number): string {
  return /[ \t\r\n]*$/.exec(text.slice(Math.max(0, at - 200), at))?.[0] ?? "";
}

function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", at - 1) + 1, at))?.[0] ?? "";
}

/** What the first member of the pattern is indented by, if it stands on a line of its own. */
function unitOf(text: string, root: ObjectNode): string {
  const first = root.entries[0];
  const gap = first ? spaceBefore(text, first.from) : "";
  const unit = gap.includes("\n") ? gap.slice(gap.lastIndexOf("\n") + 1).slice(indentAt(text, root.from).length) : "";
  return unit || "  ";
}
