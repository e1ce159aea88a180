/** The same JSON in another layout. What is between the tokens changes, no token does. */

import { formatJson } from "../format.js";
import { type Node, readJson } from "./json.js";

/** Lines longer than this are laid out. */
const READABLE = 40;

/** A piece cut out of a longer text: what was on one line is laid out, else only the indentation of its surroundings goes. */
export function standalone(piece: string): string {
  const text = piece.trim();
  if (text.includes("\n")) return outdent(text);
  return text.length > READABLE ? (formatJson(text) ?? text) : text;
}

/** Takes away what all lines but the first are indented by. No string of JSON goes over a line, so only layout is lost. */
function outdent(text: string): string {
  const [first = "", ...rest] = text.split(/\r?\n/);
  const indents = rest.filter((line) => line.trim()).map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const shared = indents.reduce((least, indent) => Math.min(least, indent), Number.MAX_SAFE_INTEGER);
  return [first, ...rest.map((line) => line.slice(Math.min(shared, line.length)))].join("\n");
}

/** The piece as it stands inside of a longer text, indented by two spaces a level. */
export function indented(piece: string, level: number): string {
  return standalone(piece).replaceAll("\n", `\n${"  ".repeat(level)}`);
}

/** The JSON on one line without any space between its tokens, safe to be written as UTF-8; nothing if it is not JSON. */
export function oneLine(text: string): string | undefined {
  const root = readJson(text);
  if (!root) return undefined;
  const parts: string[] = [];
  write(root, text, parts);
  // A surrogate without its other half cannot be written as UTF-8; it can only stand in a string, where an escape says the same.
  return parts.join("").replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}

function write(node: Node, text: string, parts: string[]): void {
  if (node.kind === "array") {
    node.items.forEach((item, index) => (parts.push(index ? "," : "["), write(item, text, parts)));
    parts.push(node.items.length ? "]" : "[]");
  } else if (node.kind === "object") {
    for (const [index, { from, to, value }] of node.entries.entries()) {
      parts.push(index ? "," : "{", text.slice(from, to), ":");
      write(value, text, parts);
    }
    parts.push(node.entries.length ? "}" : "{}");
  } else parts.push(text.slice(node.from, node.to));
}
