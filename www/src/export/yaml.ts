/** Writes YAML that every reader takes for the same, be it of YAML 1.1 (CloudFormation, PyYAML) or of 1.2. */

import { Remark, type Value, Word, hasLines } from "./value.js";

/** A document. Strings come out as the strings they are, also `on`, `1e3` and `2026-01-01`. */
export function toYaml(value: Map<string, Value>): string {
  return `${block(value, "").trimStart()}\n`;
}

/** A collection below its key, each line with this indentation; a scalar beside its key. */
function block(value: Value, indent: string): string {
  if (value instanceof Remark) return block(value.value, indent);
  if (value instanceof Map && value.size > 0) return [...value].map(([key, inner]) => remark(inner, indent) + member(key, inner, indent)).join("");
  if (Array.isArray(value) && value.length > 0) return value.map((item) => `${remark(item, indent)}\n${indent}-${beside(item, indent, true)}`).join("");
  return ` ${value instanceof Map ? "{}" : Array.isArray(value) ? "[]" : value instanceof Word ? value.text : scalar(value, indent)}`;
}

function member(key: string, value: Value, indent: string): string {
  const written = quoted(key, PLAIN_KEY);
  // A key of more than 1,024 characters must be announced.
  return written.length > 1000 ? `\n${indent}? ${written}\n${indent}:${beside(value, indent, false)}` : `\n${indent}${written}:${beside(value, indent, false)}`;
}

function remark(value: Value, indent: string): string {
  return value instanceof Remark ? `\n${indent}# ${value.comment}` : "";
}

/** What follows `key:` or `-`. A map begins on the line of its dash. */
function beside(value: Value, indent: string, dash: boolean): string {
  const text = block(value, `${indent}  `);
  return dash && isCollection(value) ? ` ${text.trimStart()}` : text;
}

function isCollection(value: Value): boolean {
  if (value instanceof Remark) return isCollection(value.value);
  return value instanceof Map ? value.size > 0 : Array.isArray(value) && value.length > 0;
}

/** Words that some reader takes for a boolean or for nothing. */
const TAKEN = /^(y|n|yes|no|on|off|true|false|null|nil|none|nan|inf)$/i;
const PLAIN_KEY = /^[A-Za-z][\w./-]*( [\w./-]+)*$/;
const PLAIN = /^[A-Za-z][\w./:-]*(?<!:)( [\w./-]+)*$/;
/** What cannot stand in YAML as it is: control characters, the other ends of lines, the mark of the byte order, half pairs. */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\p{Surrogate}]/gu;

/** A string as a value: on several lines where it has them. */
function scalar(text: string, indent: string): string {
  if (isLiteral(text)) {
    const chomp = text.endsWith("\n") ? "" : "-";
    const lines = text.replace(/\n$/, "").split("\n");
    return `|${chomp}${lines.map((line) => `\n${line && indent}${line}`).join("")}`;
  }
  return quoted(text);
}

/** Can it stand as a literal block? A first line that begins with a space would need its indentation told. */
function isLiteral(text: string): boolean {
  return /^[^\s]/.test(text) && hasLines(text) && !text.endsWith("\n\n") && text.search(UNPRINTABLE) < 0 && !/[\t ]$/m.test(text) && !text.includes("\t");
}

/** A string on one line: bare where nobody can misread it, and in the quotes that need fewer escapes. */
function quoted(text: string, plain = PLAIN): string {
  if (plain.test(text) && !TAKEN.test(text)) return text;
  const printable = text.search(UNPRINTABLE) < 0 && !/[\n\t]/.test(text);
  if (printable && /["\\]/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t").replace(UNPRINTABLE, escaped)}"`;
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
