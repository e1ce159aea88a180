/** Writes values as JavaScript and as Python. */

import { Remark, type Value, Word, hasLines } from "./value.js";

export interface Language {
  text(text: string, indent: string): string;
  key(key: string): string;
  word(word: string): string;
  comment: string;
}

/** Longer ones stand on several lines. */
const WIDTH = 60;

/** A value as the language spells it; further lines get this indentation. */
export function literal(value: Value, language: Language, indent: string): string {
  if (value instanceof Remark) return literal(value.value, language, indent);
  if (typeof value === "string") return language.text(value, indent);
  if (value instanceof Word) return language.word(value.text);
  const inner = `${indent}${language.comment === "#" ? "    " : "  "}`;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const lines = Array.isArray(value)
    ? value.map((item) => remark(item, language, inner) + literal(item, language, inner))
    : [...value].map(([key, item]) => `${remark(item, language, inner)}${language.key(key)}: ${literal(item, language, inner)}`);
  const line = lines.join(", ");
  if (line.length <= WIDTH && !line.includes("\n") && isFlat(value)) return open === "{" && lines.length > 0 && language.comment === "//" ? `{ ${line} }` : `${open}${line}${close}`;
  return `${open}\n${lines.map((each) => `${inner}${each},\n`).join("")}${indent}${close}`;
}

/** Does it hold at most one map, and no map in a map? */
function isFlat(value: Value): boolean {
  const inner = value instanceof Map ? [...value.values()] : Array.isArray(value) ? value : [];
  return value instanceof Map ? !inner.some((item) => item instanceof Map || item instanceof Remark) : inner.length < 2 || !inner.some((item) => item instanceof Map);
}

function remark(value: Value, language: Language, indent: string): string {
  return value instanceof Remark ? `${language.comment} ${value.comment}\n${indent}` : "";
}

const NAME = /^[A-Za-z_$][\w$]*$/;

export const javaScript: Language = {
  comment: "//",
  word: (word) => word,
  // As a plain key it would set the prototype.
  key: (key) => (key === "__proto__" ? '["__proto__"]' : NAME.test(key) ? key : quoted(key)),
  text: (text) => (hasLines(text) ? `\`${text.replace(/\\|`|\$(?=\{)/g, "\\$&").replace(SPECIAL, escaped)}\`` : quoted(text)),
};

export const python: Language = {
  comment: "#",
  word: (word) => ({ true: "True", false: "False" })[word] ?? word,
  key: quoted,
  text(text, indent) {
    const lines = text.match(/[^\n]*\n|[^\n]+/g) ?? [];
    if (!hasLines(text)) return quoted(text);
    return `(\n${lines.map((line) => `${indent}    ${quoted(line)}\n`).join("")}${indent})`;
  },
};

/** What may not stand in a text as it is, or would not be seen; the ends of lines are another matter. */
const SPECIAL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\p{Surrogate}]/gu;

/** A string of both languages on one line, in the quotes that need no escapes. */
function quoted(text: string): string {
  const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
  const inner = text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`);
  return quote + inner.replaceAll("\n", "\\n").replaceAll("\t", "\\t").replaceAll("\r", "\\r").replace(SPECIAL, escaped) + quote;
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
