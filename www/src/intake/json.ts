/**
 * Reads JSON text into a tree that remembers where each piece stands. Pieces are cut out of the text as they were written:
 * numbers keep their spelling and doubled keys stay, which parsing and writing again would not do.
 */

export interface Entry {
  key: string;
  /** The key as it is written, with its quotes. */
  from: number;
  to: number;
  value: Node;
}
export interface ObjectNode {
  kind: "object";
  from: number;
  to: number;
  entries: Entry[];
}
export interface ArrayNode {
  kind: "array";
  from: number;
  to: number;
  items: Node[];
}
interface ScalarNode {
  kind: "string" | "number" | "word";
  from: number;
  to: number;
}
/** A value and its place: from its first character to the one after its last. */
export type Node = ObjectNode | ArrayNode | ScalarNode;

/** Nobody writes more levels by hand; below this, functions may call themselves. */
const DEEPEST = 500;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** The value that starts at `start` or after space, or nothing if there is none or its JSON is broken. What follows it is not looked at. `reached` becomes the place where the reading broke off. */
export function readValue(text: string, start = 0, reached = { at: 0 }): Node | undefined {
  const open: (ObjectNode | ArrayNode)[] = [];
  let key: Omit<Entry, "value"> | undefined;
  let at = skipSpace(text, start);
  for (;;) {
    reached.at = at;
    const parent = open.at(-1);
    if (parent?.kind === "object") {
      key = readKey(text, at);
      if (!key) return undefined;
      at = skipSpace(text, skipSpace(text, key.to) + 1);
    }
    const node = begin(text, at);
    if (!node) return undefined;
    if (parent?.kind === "array") parent.items.push(node);
    if (parent?.kind === "object" && key) parent.entries.push({ ...key, value: node });
    let whole: Node = node;
    if (isContainer(node)) {
      at = skipSpace(text, node.to);
      if (text[at] !== closing(node)) {
        if (open.push(node) > DEEPEST) return undefined;
        continue;
      }
      node.to = at + 1;
    }
    for (;;) {
      const container = open.at(-1);
      if (!container) return whole;
      at = skipSpace(text, whole.to);
      if (text[at] === ",") break;
      if (text[at] !== closing(container)) return undefined;
      container.to = at + 1;
      whole = container;
      open.pop();
    }
    at = skipSpace(text, at + 1);
  }
}

/** The value that the whole text is, or nothing if it is not JSON. */
export function readJson(text: string): Node | undefined {
  const node = readValue(text);
  return node && skipSpace(text, node.to) === text.length ? node : undefined;
}

function isContainer(node: Node): node is ObjectNode | ArrayNode {
  return node.kind === "object" || node.kind === "array";
}

function closing(node: Node): string {
  return node.kind === "object" ? "}" : "]";
}

/** The scalar at a place, or the container that begins there, as yet without its content. */
function begin(text: string, at: number): Node | undefined {
  const first = text[at];
  if (first === "{") return { kind: "object", from: at, to: at + 1, entries: [] };
  if (first === "[") return { kind: "array", from: at, to: at + 1, items: [] };
  if (first === '"') {
    const to = stringEnd(text, at);
    return to > 0 ? { kind: "string", from: at, to } : undefined;
  }
  const [kind, shape] = first === "t" || first === "f" || first === "n" ? (["word", WORD] as const) : (["number", NUMBER] as const);
  shape.lastIndex = at;
  return shape.test(text) ? { kind, from: at, to: shape.lastIndex } : undefined;
}

/** A key with a colon behind it. */
function readKey(text: string, from: number): Omit<Entry, "value"> | undefined {
  const to = text[from] === '"' ? stringEnd(text, from) : -1;
  return to > 0 && text[skipSpace(text, to)] === ":" ? { key: unquote(text.slice(from, to)), from, to } : undefined;
}

/** The place after the closing quote, or -1. A loop, because regular expressions run out of stack on strings of a megabyte. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return -1;
    if (code !== 0x5c) continue;
    at++;
    if (text[at] === "u") {
      if (!/^[\da-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) return -1;
      at += 4;
    } else if (!'"\\/bfnrt'.includes(text[at] ?? "none")) return -1;
  }
  return -1;
}

export function skipSpace(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09; code = text.charCodeAt(at)) at++;
  return at;
}

/** What a JSON string that was read says. */
export function unquote(json: string): string {
  return json.includes("\\") ? (JSON.parse(json) as string) : json.slice(1, -1);
}

/** A value together with the text it stands in. */
export class Json {
  constructor(
    readonly text: string,
    readonly node: Node,
  ) {}

  /** The JSON that a text is, or nothing. */
  static of(text: string | undefined): Json | undefined {
    const node = text === undefined ? undefined : readJson(text);
    return node && new Json(text ?? "", node);
  }

  get isObject(): boolean {
    return this.node.kind === "object";
  }

  /** The last member of this name, which is the one that counts; several names lead further down. */
  get(...names: string[]): Json | undefined {
    let node: Node | undefined = this.node;
    for (const name of names) node = node?.kind === "object" ? node.entries.findLast(({ key }) => key === name)?.value : undefined;
    return node && new Json(this.text, node);
  }

  /** The text that a string says; nothing for other values. */
  string(...names: string[]): string | undefined {
    const value = this.get(...names);
    return value?.node.kind === "string" ? unquote(value.source) : undefined;
  }

  /** The items of an array, none for other values. */
  items(...names: string[]): Json[] {
    const node = this.get(...names)?.node;
    return node?.kind === "array" ? node.items.map((item) => new Json(this.text, item)) : [];
  }

  /** The members of an object, none for other values. */
  members(...names: string[]): [key: string, value: Json][] {
    const node = this.get(...names)?.node;
    return node?.kind === "object" ? node.entries.map(({ key, value }) => [key, new Json(this.text, value)]) : [];
  }

  /** The value as it is written. */
  get source(): string {
    return this.text.slice(this.node.from, this.node.to);
  }
}
