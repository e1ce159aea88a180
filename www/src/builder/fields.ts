/** An event as rows: every key with its value, in the order of the text. */

import { type Node, readJson } from "../intake/json.js";

export interface Field {
  /** What stands before the value: a key, or the place in an array. */
  label: string;
  depth: number;
  /** For the pattern: the keys alone, because patterns look through arrays. */
  path: string[];
  /** For the input path: with the places in arrays. */
  steps: (string | number)[];
  kind: Node["kind"];
  /** The value as it is written; of objects and arrays nothing. */
  value: string;
  from: number;
  to: number;
  /** Objects and arrays: how much there is in it. */
  size: number;
}

/** The fields of an event, or nothing if it is not a JSON object. */
export function fieldsOf(text: string): Field[] | undefined {
  const root = readJson(text);
  if (root?.kind !== "object") return undefined;
  const fields: Field[] = [];
  children(root, text, 0, [], [], fields);
  return fields;
}

function children(node: Node, text: string, depth: number, path: string[], steps: (string | number)[], fields: Field[]): void {
  if (node.kind === "object") for (const { key, value } of node.entries) add(value, key, [...path, key], [...steps, key]);
  if (node.kind === "array") for (const [index, item] of node.items.entries()) add(item, `[${index}]`, path, [...steps, index]);

  function add(value: Node, label: string, itsPath: string[], itsSteps: (string | number)[]): void {
    const size = value.kind === "object" ? value.entries.length : value.kind === "array" ? value.items.length : 0;
    const isLeaf = value.kind !== "object" && value.kind !== "array";
    fields.push({ label, depth, path: itsPath, steps: itsSteps, kind: value.kind, value: isLeaf ? text.slice(value.from, value.to) : "", from: value.from, to: value.to, size });
    children(value, text, depth + 1, itsPath, itsSteps, fields);
  }
}

/** Can a pattern test it? Objects and arrays are tested through what is in them. */
export function isLeaf({ kind }: Field): boolean {
  return kind !== "object" && kind !== "array";
}
