/** YAML, as JSON: templates of CloudFormation and SAM, `serverless.yml`. Loaded only when a text looks like it. */

import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";

/** More JSON than this comes only from aliases of aliases. */
const LONGEST = 5_000_000;

/** The document as JSON text, or nothing if it is not YAML. */
export function yamlToJson(text: string): string | undefined {
  if (isDeep(text)) return undefined;
  for (const candidate of [text, reindented(text)]) {
    const document = parseDocument(candidate, { logLevel: "silent", merge: false, uniqueKeys: false });
    if (document.errors.length > 0 || !isMap(document.contents) && !isSeq(document.contents)) continue;
    const budget = { left: LONGEST };
    const json = write(document.contents, document, 0, budget);
    return budget.left > 0 ? json : undefined;
  }
  return undefined;
}

/** Levels that no template has. The reader calls itself for each, and an engine that runs out of stack in it may end the whole page. */
const DEEPEST = 300;

/** May the text be nested deeper than that: in brackets, in dashes on one line, by its indentation? */
function isDeep(text: string): boolean {
  let open = 0;
  for (const bracket of text.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + (bracket[0] === "[" || bracket[0] === "{" ? 1 : -1));
    if (open > DEEPEST) return true;
  }
  return new RegExp(`^(?: {${DEEPEST}}|\\s*(?:[-?:][ \\t]+){${DEEPEST}})`, "m").test(text);
}

/** A piece that was copied from the middle of a line on has lost the indentation of its first line alone. */
function reindented(text: string): string {
  const indents = [...text.matchAll(/\n([ ]*)\S/g)].map((line) => line[1]?.length ?? 0);
  return indents.length > 0 ? " ".repeat(Math.min(...indents.slice(0, 10_000))) + text.trimStart() : text;
}

function write(node: unknown, document: Document, depth: number, budget: { left: number }): string {
  if (budget.left <= 0 || depth > 200) return "null";
  const json = tagged(node, plain(node, document, depth, budget));
  budget.left -= json.length;
  return json;
}

function plain(node: unknown, document: Document, depth: number, budget: { left: number }): string {
  if (isAlias(node)) return write(node.resolve(document), document, depth + 1, budget);
  if (isMap(node)) {
    const members = node.items.map(({ key, value }) => `${JSON.stringify(String(isScalar(key) ? (key.source ?? key.value) : key))}: ${write(value, document, depth + 1, budget)}`);
    return `{${members.join(", ")}}`;
  }
  if (isSeq(node)) return `[${node.items.map((item) => write(item, document, depth + 1, budget)).join(", ")}]`;
  if (!isScalar(node) || node.value === null || node.value === undefined) return "null";
  // A number keeps its spelling, where JSON knows it.
  if (typeof node.value === "number" && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(node.source ?? "")) return node.source ?? "null";
  return typeof node.value === "bigint" ? String(node.value) : (JSON.stringify(node.value) ?? "null");
}

/** The short forms of CloudFormation's functions, `!Ref x` and `!Sub x`, written out. */
function tagged(node: unknown, json: string): string {
  const tag = (isScalar(node) || isMap(node) || isSeq(node)) && node.tag;
  const name = tag ? /^!(\w+)$/.exec(tag)?.[1] : undefined;
  return name ? `{"${name === "Ref" || name === "Condition" ? name : `Fn::${name}`}": ${json}}` : json;
}
