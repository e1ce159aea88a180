/** JSON text as a tree that keeps what `JSON.parse` loses: the spelling of numbers, and keys such as `__proto__`. */

import { tokensOf } from "../format.js";

/** A word that stands for itself: a number as it was spelled, `true`, `false`, `null`, or a name of the language that is written. */
export class Word {
  constructor(readonly text: string) {}
}

/** A value with a comment above it, where it is a member of a map or of a list. */
export class Remark {
  constructor(
    readonly comment: string,
    readonly value: Value,
  ) {}
}

export type Value = string | Word | Remark | Value[] | Map<string, Value>;

/** Is it a document of several lines, which people read better as such? */
export function hasLines(text: string): boolean {
  return text.trim().split("\n").length > 2;
}

/** A map of the members that are there. */
export function members(...entries: ([key: string, value: Value | undefined] | undefined)[]): Map<string, Value> {
  const map = new Map<string, Value>();
  for (const entry of entries) if (entry?.[1] !== undefined) map.set(entry[0], entry[1]);
  return map;
}

/** What was read, and what of it a map or a number of another language may not carry. */
export interface Tree {
  value: Value;
  depth: number;
  repeatedKeys: boolean;
}

/** Reads JSON. Throws when the text is none. */
export function readJson(text: string): Tree {
  JSON.parse(text);
  const tokens = tokensOf(text);
  const tree: Tree = { value: "", depth: 0, repeatedKeys: false };
  let at = 0;

  const read = (depth: number): Value => {
    tree.depth = Math.max(tree.depth, depth);
    const token = tokens[at++] ?? "";
    if (token === "[") return readItems(depth);
    if (token === "{") return readMembers(depth);
    return token.startsWith('"') ? (JSON.parse(token) as string) : new Word(token);
  };
  const readItems = (depth: number): Value[] => {
    const items: Value[] = [];
    while (tokens[at] !== "]") {
      items.push(read(depth + 1));
      if (tokens[at] === ",") at++;
    }
    at++;
    return items;
  };
  const readMembers = (depth: number): Map<string, Value> => {
    const map = new Map<string, Value>();
    while (tokens[at] !== "}") {
      const key = JSON.parse(tokens[at] ?? "") as string;
      at += 2;
      if (map.has(key)) tree.repeatedKeys = true;
      map.set(key, read(depth + 1));
      if (tokens[at] === ",") at++;
    }
    at++;
    return map;
  };

  tree.value = read(0);
  return tree;
}

/** Deeper trees stop some of the tools that read them: the CDK gives up at 200 levels. */
const DEEPEST = 60;

/**
 * Why a tree is not written as a map of another language, or nothing if that carries every character of it. CloudFormation
 * takes the JSON text of an event pattern as well, and that is exact.
 */
export function obstacle(tree: Tree): string | undefined {
  if (tree.repeatedKeys) return "a key that is named twice would be there once";
  if (tree.depth > DEEPEST) return `more than ${DEEPEST} levels are too deep for some tools`;
  return obstacleIn(tree.value);
}

const HALF = /\p{Surrogate}/u;
/** What CloudFormation replaces wherever it stands in a template. */
export const RESOLVED = "{{resolve:";

function obstacleIn(value: Value): string | undefined {
  if (value instanceof Word) return isPlainWord(value.text) ? undefined : `the number ${short(value.text)} would be spelled in another way`;
  if (typeof value === "string") return obstacleInText(value);
  if (Array.isArray(value)) return firstOf(value, obstacleIn);
  if (!(value instanceof Map)) return undefined;
  return firstOf([...value], ([key, inner]) => {
    if (key === "__proto__") return "the key `__proto__` would be lost";
    if (/^(Ref|Condition|Fn::.*)$/s.test(key)) return `CloudFormation would take the key ${short(key)} for a function of its own`;
    return obstacleInText(key) ?? obstacleIn(inner);
  });
}

function obstacleInText(text: string): string | undefined {
  if (HALF.test(text)) return "half of a surrogate pair has no place";
  return text.includes(RESOLVED) ? `CloudFormation would put something else in the place of \`${RESOLVED}\`` : undefined;
}

/** JSON text of a pattern in which CloudFormation finds nothing to replace: JSON can tell a brace by its number. */
export function patternText(pattern: string): string {
  return pattern.trim().replaceAll(RESOLVED, RESOLVED.replace("{", "\\u007b"));
}

/** A name of the user's, as a part of a sentence. */
export function short(text: string): string {
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
}

function firstOf<T, U>(items: T[], ask: (item: T) => U | undefined): U | undefined {
  for (const item of items) {
    const answer = ask(item);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Is it a word, or a number that every reader of JavaScript, Python and YAML reads and writes in this very way? */
function isPlainWord(text: string): boolean {
  return ["true", "false", "null"].includes(text) || (/^-?\d+(\.\d+)?$/.test(text) && text !== "-0" && String(Number(text)) === text && Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER);
}
