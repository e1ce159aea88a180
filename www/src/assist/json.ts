/** Reads JSON that may be half typed, by position: the text itself is never rewritten, so numbers keep their spelling. */

export type TokenKind = "{" | "}" | "[" | "]" | "," | ":" | "string" | "word";

export interface Token {
  kind: TokenKind;
  from: number;
  to: number;
  /** A string that lacks its closing quote ends with its line. */
  open: boolean;
}

const MARKS = "{}[],:";
const SPACES = " \t\n\r";

/** The next token at or behind a place; none at the end of the text. A word is whatever is neither a string nor a mark. */
export function nextToken(text: string, at: number): Token | undefined {
  let from = at;
  while (from < text.length && SPACES.includes(text.charAt(from))) from++;
  const first = text.charAt(from);
  if (first === "") return undefined;
  if (first === '"') return stringToken(text, from);
  if (MARKS.includes(first)) return { kind: first as TokenKind, from, to: from + 1, open: false };
  let to = from + 1;
  while (to < text.length && !`${MARKS}${SPACES}"`.includes(text.charAt(to))) to++;
  return { kind: "word", from, to, open: false };
}

function stringToken(text: string, from: number): Token {
  for (let to = from + 1; to < text.length; to++) {
    const character = text.charAt(to);
    if (character === '"') return { kind: "string", from, to: to + 1, open: false };
    if (character === "\n") return { kind: "string", from, to, open: true };
    if (character === "\\" && text.charAt(to + 1) !== "\n") to++;
  }
  return { kind: "string", from, to: text.length, open: true };
}

/** What a string token stands for; its characters as they are if it is no JSON string. */
export function decode(token: string): string {
  try {
    const value: unknown = JSON.parse(token);
    if (typeof value === "string") return value;
  } catch {
    // Half typed.
  }
  return token.replace(/^"|"$/g, "");
}

/** A value with its place. `word` is a number, `true`, `false` or `null`. */
export interface JsonNode {
  kind: "object" | "array" | "string" | "word";
  from: number;
  to: number;
  /** Of an object, doubled keys included. */
  members: Member[];
  /** Of an array. */
  items: JsonNode[];
}

interface Member {
  key: string;
  keyFrom: number;
  value: JsonNode;
}

const NONE: never[] = [];

interface Open {
  node: JsonNode;
  key: Token | undefined;
}

/** The first value of a text: the whole of valid JSON, and of any other as much as stands before its first fault. No recursion, so no depth is too deep. */
export function readJson(text: string): JsonNode | undefined {
  let root: JsonNode | undefined;
  const stack: Open[] = [];
  let wants: "value" | "key" | "colon" | "comma" = "value";
  for (let at = 0, token = nextToken(text, at); token; token = nextToken(text, at)) {
    at = token.to;
    const top = stack.at(-1);
    const { kind } = token;
    if (kind === "}" || kind === "]") {
      if (!top || top.node.kind !== (kind === "}" ? "object" : "array")) return root;
      top.node.to = token.to;
      stack.pop();
      if (!stack.length) return root;
      wants = "comma";
    } else if (wants === "comma") {
      if (kind !== ",") return root;
      wants = top?.node.kind === "object" ? "key" : "value";
    } else if (wants === "colon") {
      if (kind !== ":") return root;
      wants = "value";
    } else if (wants === "key") {
      if (kind !== "string" || !top) return root;
      top.key = token;
      wants = "colon";
    } else {
      if (kind === "," || kind === ":" || token.open) return root;
      const node = nodeOf(token);
      root ??= node;
      if (top) attach(text, top, node);
      else if (kind === "string" || kind === "word") return root;
      if (kind === "{" || kind === "[") stack.push({ node, key: undefined });
      wants = kind === "{" ? "key" : kind === "[" ? "value" : "comma";
    }
  }
  return root;
}

function nodeOf({ kind, from, to }: Token): JsonNode {
  if (kind === "{") return { kind: "object", from, to, members: [], items: NONE };
  if (kind === "[") return { kind: "array", from, to, members: NONE, items: [] };
  return { kind: kind === "string" ? "string" : "word", from, to, members: NONE, items: NONE };
}

function attach(text: string, { node, key }: Open, value: JsonNode): void {
  if (node.kind === "array") node.items.push(value);
  else if (key) node.members.push({ key: decode(text.slice(key.from, key.to)), keyFrom: key.from, value });
}

/** The text of a leaf or of anything else, as it is written. */
export function textOf(text: string, { from, to }: JsonNode): string {
  return text.slice(from, to);
}
