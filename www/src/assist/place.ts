/** Where in a pattern the cursor stands, told from half-typed text: what is being written there, and what belongs there. */

import { type Token, type TokenKind, decode, nextToken } from "./json.js";

/**
 * What the innermost open bracket holds. `fields`: keys of the event; `alternatives`: the objects of `$or`; `tests`: the list of a
 * field; `operator`: the object of an operator, or the one inside of it; `numbers`: the list of `numeric`; `others`: the list of
 * `anything-but`; `foreign`: nothing that a pattern knows.
 */
export type Role = "root" | "fields" | "alternatives" | "tests" | "operator" | "numbers" | "others" | "foreign";

export interface Place {
  role: Role;
  /** The keys from the root; for `operator` and its lists those of the field. */
  path: string[];
  /** The operators from the list of tests down to here: `["anything-but", "prefix"]`. */
  operators: string[];
  /** What JSON wants here. `comma`: something complete stands before, `colon`: a key. */
  wants: "key" | "colon" | "value" | "comma";
  /** The key whose value is wanted. */
  key: string;
  /** The literal in which the cursor stands, with its quotes; of no length where it stands in none. */
  from: number;
  to: number;
  literal: "none" | "word" | "string" | "open";
  /** What comes next. `key`: a string with a colon behind it. */
  follows: TokenKind | "key" | "";
  /** The other keys of the same object. */
  taken: Set<string>;
  /** The other elements of the same list, as they are written. */
  items: string[];
  /** How many elements stand before the cursor. */
  index: number;
}

interface Frame {
  role: Role;
  /** The key of the event that leads here from the bracket around it. */
  step: string | undefined;
  operators: string[];
  bracket: "{" | "[" | "";
  wants: Place["wants"];
  key: string;
  keys: string[];
  items: string[];
}

/** The place of an offset. Any text will do. */
export function placeAt(text: string, offset: number): Place {
  const stack: Frame[] = [frame("root", "")];
  let at = 0;
  let under: Token | undefined;
  for (let token = nextToken(text, at); token && token.from < offset; token = nextToken(text, at)) {
    if (holds(token, offset)) {
      under = token.kind === "string" ? shortened(text, token, offset) : token;
      break;
    }
    step(stack, text, token);
    at = token.to;
  }
  const top = stack.at(-1) ?? frame("foreign", "");
  const to = under?.to ?? offset;
  const rest = restOf(text, to, top);
  return {
    role: top.role,
    path: stack.flatMap(({ step }) => step ?? []),
    operators: top.operators,
    wants: top.wants,
    key: top.key,
    from: under?.from ?? offset,
    to,
    literal: !under ? "none" : under.kind === "word" ? "word" : under.open ? "open" : "string",
    follows: followsAt(text, to),
    taken: new Set([...top.keys, ...rest.keys]),
    items: [...top.items, ...rest.items],
    index: top.items.length,
  };
}

function followsAt(text: string, at: number): Place["follows"] {
  const next = nextToken(text, at);
  return next?.kind === "string" && nextToken(text, next.to)?.kind === ":" ? "key" : (next?.kind ?? "");
}

function frame(role: Role, bracket: Frame["bracket"], step?: string, operators: string[] = []): Frame {
  return { role, step, operators, bracket, wants: bracket === "{" ? "key" : "value", key: "", keys: [], items: [] };
}

/** Is the offset inside of a literal: behind its first character, and not behind its closing quote? */
function holds({ kind, from, to, open }: Token, offset: number): boolean {
  if (kind === "word") return from < offset && offset <= to;
  return kind === "string" && from < offset && (open ? offset <= to : offset < to);
}

/**
 * A line with an odd number of quotes has a string that is not closed yet: the one that is being typed. It ends with its word,
 * whatever a reader makes of the quotes behind it.
 */
function shortened(text: string, token: Token, offset: number): Token {
  let last: Token | undefined = token;
  while (last && !last.open) {
    const next: Token | undefined = nextToken(text, last.to);
    if (!next || text.slice(last.to, next.from).includes("\n")) return token;
    last = next;
  }
  if (!last) return token;
  const word = /^[\w.$/-]*/.exec(text.slice(offset, token.to))?.[0] ?? "";
  return { ...token, to: offset + word.length, open: true };
}

/** Takes one token in, as well as it can be understood. */
function step(stack: Frame[], text: string, token: Token): void {
  const top = stack.at(-1);
  if (!top) return;
  const { kind } = token;
  if (kind === "}" || kind === "]") close(stack, kind === "}" ? "{" : "[");
  else if (kind === ",") top.wants = top.bracket === "{" ? "key" : "value";
  else if (kind === ":") top.wants = "value";
  else if (kind === "{" || kind === "[") {
    top.wants = "comma";
    if (top.bracket === "[") top.items.push(kind);
    stack.push(inner(top, kind));
  } else if (top.bracket === "{" && top.wants !== "value") {
    top.key = decode(text.slice(token.from, token.to));
    top.keys.push(top.key);
    top.wants = "colon";
  } else {
    top.wants = "comma";
    if (top.bracket === "[") top.items.push(text.slice(token.from, token.to));
  }
}

/** Closes the nearest bracket of that kind, and those that were left open inside of it. */
function close(stack: Frame[], bracket: "{" | "["): void {
  const at = stack.findLastIndex((open) => open.bracket === bracket);
  if (at > 0) stack.length = at;
}

function inner({ role, operators, key }: Frame, bracket: "{" | "["): Frame {
  if (bracket === "{") {
    if (role === "root" || role === "alternatives") return frame("fields", "{");
    if (role === "fields") return frame("fields", "{", key);
    if (role === "tests") return frame("operator", "{");
    if (role === "operator" && !operators.length && INNER[key]) return frame("operator", "{", undefined, [key]);
  } else {
    if (role === "fields") return key === "$or" ? frame("alternatives", "[") : frame("tests", "[", key);
    if (role === "operator" && key === "numeric" && !operators.length) return frame("numbers", "[", undefined, [key]);
    if (role === "operator" && [...operators, key][0] === "anything-but") return frame("others", "[", undefined, [...operators, key]);
  }
  return frame("foreign", bracket);
}

/** The operators that may hold another one, and which. */
export const INNER: Record<string, string[] | undefined> = Object.assign(Object.create(null), {
  "anything-but": ["prefix", "suffix", "equals-ignore-case", "wildcard"],
  prefix: ["equals-ignore-case"],
  suffix: ["equals-ignore-case"],
});

/** The keys and elements that the innermost bracket holds behind the cursor. */
function restOf(text: string, from: number, { role, bracket }: Frame): { keys: string[]; items: string[] } {
  const rest = frame(role, bracket);
  // A depth of its own, so that what is closed here is not what was opened before.
  let depth = 0;
  for (let at = from, token = nextToken(text, at); token && depth >= 0; token = nextToken(text, at)) {
    const { kind } = token;
    if (kind === "{" || kind === "[") depth++;
    else if (kind === "}" || kind === "]") depth--;
    else if (depth === 0 && (kind === "string" || kind === "word")) {
      const written = text.slice(token.from, token.to);
      if (bracket === "[") rest.items.push(written);
      else if (nextToken(text, token.to)?.kind === ":") rest.keys.push(decode(written));
    }
    at = token.to;
  }
  return rest;
}
