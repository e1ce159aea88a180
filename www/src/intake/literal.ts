/**
 * Reads a literal of JavaScript, Python, Ruby or HCL and writes it as JSON: bare keys, single quotes, trailing commas, comments,
 * `True` and `None`, `=` and `=>`. What is neither a literal nor a call that is known is an expression: it becomes a text.
 */

interface Literal {
  json: string;
  /** Where it ends in the text that was read. */
  to: number;
}

interface ReadLiteral extends Literal {
  /** Expressions whose value nobody knows here. */
  expressions: string[];
}

const DEEPEST = 100;

/** The literal that starts at a place, or nothing if it does not end or is none. */
export function readLiteral(text: string, from: number): ReadLiteral | undefined {
  const expressions: string[] = [];
  const literal = value(text, from, 0, expressions);
  return literal && { ...literal, expressions };
}

function value(text: string, from: number, depth: number, expressions: string[]): Literal | undefined {
  const at = skipBlank(text, from);
  const first = text[at];
  if (depth > DEEPEST || first === undefined) return undefined;
  if (first === "{") return members(text, at + 1, "}", depth, expressions);
  if (first === "[") {
    const list = sequence(text, at + 1, "]", depth, expressions);
    return list && { json: `[${list.items.join(", ")}]`, to: list.to };
  }
  if (first === "<" && text[at + 1] === "<") return heredoc(text, at);
  if (/["'`]/.test(first)) return quoted(text, at);
  const number = match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y, text, at);
  if (number) return { json: number, to: at + number.length };
  return named(text, at, depth, expressions);
}

/** `name: value, "name" = value, name { … }` up to a closing character. */
function members(text: string, from: number, close: string, depth: number, expressions: string[]): Literal | undefined {
  const parts: string[] = [];
  for (let at = skipBlank(text, from); ; at = skipBlank(text, at)) {
    if (text[at] === close) return { json: parts.length ? `{${parts.join(", ")}}` : "{}", to: at + 1 };
    const bare = match(/[\w$-]+/y, text, at) ?? match(/:(?=\w)[\w]+|\[\w[\w.]*\]/y, text, at);
    const key = bare === undefined ? (/["'`]/.test(text[at] ?? "") ? quoted(text, at) : undefined) : { json: JSON.stringify(bare), to: at + bare.length };
    if (!key) return undefined;
    at = skipBlank(text, key.to);
    // A block of HCL may have labels in front of its body.
    for (let label = text[at] === '"' ? quoted(text, at) : undefined; label; label = text[at] === '"' ? quoted(text, at) : undefined) at = skipBlank(text, label.to);
    if (text[at] !== "{") at += match(/=>|[:=]/y, text, at)?.length ?? NaN;
    const member = value(text, at, depth + 1, expressions);
    if (!member) return undefined;
    parts.push(`${key.json}: ${member.json}`);
    at = skipBlank(text, member.to);
    if (text[at] === ",") at++;
    else if (text[at] !== close && !text.slice(member.to, at).includes("\n")) return undefined;
  }
}

function sequence(text: string, from: number, close: string, depth: number, expressions: string[]): { items: string[]; to: number } | undefined {
  const items: string[] = [];
  for (let at = skipBlank(text, from); ; at = skipBlank(text, at)) {
    if (text[at] === close) return { items, to: at + 1 };
    const item = value(text, at, depth + 1, expressions);
    if (!item) return undefined;
    items.push(item.json);
    at = skipBlank(text, item.to);
    if (text[at] === ",") at++;
    else if (text[at] !== close) return undefined;
  }
}

const WORDS: Record<string, string> = { true: "true", false: "false", null: "null", undefined: "null", True: "true", False: "false", None: "null", nil: "null" };

/** A word, a call that is known, or an expression up to the next comma or end of line. */
function named(text: string, at: number, depth: number, expressions: string[]): Literal | undefined {
  const name = match(/(?:new\s+)?[A-Za-z_$][\w$.]*/y, text, at);
  const after = at + (name?.length ?? 0);
  if (name && Object.hasOwn(WORDS, name) && text[after] !== "(") return { json: WORDS[name] ?? "null", to: after };
  if (name && text[after] === "(") {
    const call = callOf(name.split(".").at(-1) ?? "", text, after + 1, depth, expressions);
    if (call) return call;
  }
  const expression = expressionAt(text, at);
  if (!expression) return undefined;
  expressions.push(expression);
  return { json: JSON.stringify(expression), to: at + expression.length };
}

/** Up to the comma, bracket or end of line that is not inside of brackets or quotes. */
function expressionAt(text: string, from: number): string {
  let depth = 0;
  let at = from;
  for (; at < text.length; at++) {
    const character = text[at] ?? "";
    if (/["'`]/.test(character)) at = (quoted(text, at)?.to ?? text.length) - 1;
    else if ("([{".includes(character)) depth++;
    else if (")]}".includes(character) && depth-- === 0) break;
    else if ((character === "," || character === "\n") && depth === 0) break;
  }
  return text.slice(from, at).trim();
}

/** Functions that only wrap their argument. */
const WRAPPERS = new Set(["jsonencode", "stringify", "dumps", "EventPattern", "to_json", "dict", "freeze", "String"]);

function callOf(name: string, text: string, from: number, depth: number, expressions: string[]): Literal | undefined {
  const keywords = /[A-Za-z_]\w*\s*=[^=>]/y;
  keywords.lastIndex = skipBlank(text, from);
  if (WRAPPERS.has(name) && keywords.test(text)) return members(text, from, ")", depth, expressions);
  const call = sequence(text, from, ")", depth, expressions);
  if (!call || call.items.length === 0) return name === "exists" || name === "doesNotExist" ? call && { json: matchers(name, []) ?? "", to: call.to } : undefined;
  const json = WRAPPERS.has(name) ? call.items[0] : matchers(name, call.items);
  return json === undefined ? undefined : { json, to: call.to };
}

/** What `Match.…` of the CDK stands for: always a list. */
function matchers(name: string, args: string[]): string | undefined {
  const [first = ""] = args;
  const one = (key: string, argument = first): string => `[{"${key}": ${argument}}]`;
  const numeric = (...operators: string[]): string => one("numeric", `[${operators.map((operator, index) => `"${operator}", ${args[index]}`).join(", ")}]`);
  const snake = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const table: Record<string, () => string> = {
    exists: () => one("exists", "true"),
    doesNotExist: () => one("exists", "false"),
    exactString: () => `[${first}]`,
    prefix: () => one("prefix"),
    suffix: () => one("suffix"),
    prefixEqualsIgnoreCase: () => one("prefix", `{"equals-ignore-case": ${first}}`),
    suffixEqualsIgnoreCase: () => one("suffix", `{"equals-ignore-case": ${first}}`),
    equalsIgnoreCase: () => one("equals-ignore-case"),
    wildcard: () => one("wildcard"),
    cidr: () => one("cidr"),
    ipAddressRange: () => one("cidr"),
    anythingBut: () => one("anything-but", `[${args.join(", ")}]`),
    anythingButPrefix: () => one("anything-but", `{"prefix": [${args.join(", ")}]}`),
    anythingButSuffix: () => one("anything-but", `{"suffix": [${args.join(", ")}]}`),
    greaterThan: () => numeric(">"),
    greaterThanOrEqual: () => numeric(">="),
    lessThan: () => numeric("<"),
    lessThanOrEqual: () => numeric("<="),
    equal: () => numeric("="),
    interval: () => numeric(">=", "<="),
    anyOf: () => `[${args.map((list) => list.replace(/^\[|\]$/g, "")).join(", ")}]`,
  };
  return Object.hasOwn(table, snake) ? table[snake]?.() : undefined;
}

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f", "0": "\0", "\n": "" };

/** A text in quotes of any kind. */
function quoted(text: string, from: number): Literal | undefined {
  const quote = text.startsWith(text.slice(from, from + 1).repeat(3), from) && text[from] !== "`" ? text.slice(from, from + 3) : (text[from] ?? "");
  let says = "";
  for (let at = from + quote.length; at < text.length; at++) {
    if (text.startsWith(quote, at)) return { json: JSON.stringify(says), to: at + quote.length };
    const character = text[at] ?? "";
    if (character === "\n" && quote.length === 1 && quote !== "`") return undefined;
    if (character !== "\\") says += character;
    else {
      const code = match(/u\{?[\da-fA-F]{4,6}\}?|x[\da-fA-F]{2}/y, text, ++at);
      says += code ? String.fromCodePoint(Number.parseInt(code.replace(/[^\da-fA-F]/g, ""), 16)) : (ESCAPES[text[at] ?? ""] ?? text[at] ?? "");
      at += (code?.length ?? 1) - 1;
    }
  }
  return undefined;
}

/** `<<EOF`, `<<-EOF`, `<<~EOF`: the lines up to the mark; with a dash the indentation goes. */
function heredoc(text: string, from: number): Literal | undefined {
  const opening = match(/<<[-~]?\s*["']?\w+["']?[^\n]*\n/y, text, from);
  const mark = opening && /\w+/.exec(opening)?.[0];
  if (!mark) return undefined;
  const rest = text.slice(from + opening.length);
  const end = new RegExp(`^[ \\t]*${mark}\\b`, "m").exec(rest);
  if (!end) return undefined;
  return { json: JSON.stringify(rest.slice(0, end.index)), to: from + opening.length + end.index + end[0].length };
}

function match(shape: RegExp, text: string, at: number): string | undefined {
  shape.lastIndex = at;
  return shape.exec(text)?.[0] || undefined;
}

/** Space, line ends and comments. */
function skipBlank(text: string, from: number): number {
  return from + (match(/(?:\s+|\/\/[^\n]*|#[^\n]*|\/\*[^]*?\*\/)+/y, text, from)?.length ?? 0);
}
