/** Finds out what a pasted text is. Text in, plain data out; a text that is none of the known things is nothing. */

import { openEnvelope } from "./envelopes.js";
import { type Found, type FoundEvent, found, isEvent, isPattern, merged } from "./found.js";
import { Json, readValue, skipSpace } from "./json.js";
import { fromExport } from "./jsonl.js";
import { readLiteral } from "./literal.js";
import { openRules } from "./rules.js";
import { openSnippet } from "./snippets.js";
import { standalone } from "./spelling.js";

/** What a text is, in any notation but YAML: that needs a reader of its own, see `yaml.ts`. */
export function recognize(text: string): Found | undefined {
  const whole = Json.of(text);
  if (whole) return recognizeJson(whole);
  return quoted(text) ?? lines(text) ?? openSnippet(text) ?? embedded(text) ?? printed(text) ?? respelled(text);
}

/** Is it worth to load the reader of YAML? */
export function looksLikeYaml(text: string): boolean {
  return /^[ \t]*(?:-[ \t]+)?["']?(?:EventPattern|eventPattern|event_pattern|[Pp]attern|eventBridge|cloudwatchEvent|source|detail-type)["']?[ \t]*:/m.test(text);
}

/** What a document of YAML is, given as JSON. */
export function recognizeYaml(json: string): Found | undefined {
  const value = Json.of(json);
  const result = value && recognizeJson(value);
  return result && rewritten(result, "in YAML");
}

/** What stood there in another notation is no longer plain: its text has to be replaced. */
function rewritten({ plain, ...rest }: Found, how: string): Found {
  return plain ? { ...rest, what: `${rest.what} ${how}` } : rest;
}

function recognizeJson(json: Json): Found | undefined {
  if (json.node.kind === "string") return quotedJson(json.string());
  if (json.node.kind === "array") return listOf(json.items(), "a list");
  if (!json.isObject) return undefined;
  if (isEvent(json)) return found("an event", { plain: "event", events: [{ name: "", text: standalone(json.source) }] });
  if (isPattern(json)) return found("a pattern", { plain: "pattern", rules: [{ name: "", pattern: standalone(json.source) }] });
  const line = fromExport(json);
  if (line) return found("an exported event", { events: [line] });
  return openEnvelope(json) ?? openRules(json) ?? inside(json);
}

function quotedJson(text: string | undefined): Found | undefined {
  const inner = Json.of(text);
  const result = inner?.isObject ? recognizeJson(inner) : undefined;
  return result && rewritten(result, "in quotes");
}

/** JSON as it stands in the source of another program: `{\"source\": …}`, without the quotes around it. */
function quoted(text: string): Found | undefined {
  return text.includes('\\"') ? quotedJson(Json.of(`"${text.trim()}"`)?.string()) : undefined;
}

/** Each item for itself. Objects that are nothing known are taken as events, unless the others are rules. */
function listOf(items: Json[], what: string): Found | undefined {
  if (items.length === 0 || !items.every((item) => item.isObject)) return undefined;
  const finds = items.map(recognizeJson);
  const hasRules = finds.some((each) => each && each.rules.length > 0);
  const all = finds.map((each, index) => each ?? (hasRules ? undefined : found("an event", { events: [{ name: "", text: standalone(items[index]?.source ?? "") }] }))).filter((each) => each !== undefined);
  const kinds = [...new Set(all.map((each) => each.what))];
  const known = kinds.length === 1 && kinds[0] !== "an event" && kinds[0] !== "a pattern" ? kinds[0] : undefined;
  return merged(known === "an exported event" ? "exported events" : (known ?? what), all);
}

/** One value after the other: lines of JSON, the output of `jq`. A line that is broken is kept as it is. */
function lines(text: string): Found | undefined {
  const values: Json[] = [];
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const node = readValue(text, at);
    if (node?.kind !== "object") break;
    values.push(new Json(text, node));
    at = skipSpace(text, node.to);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  if (at === text.length) return values.length > 1 ? listOf(values, "lines of JSON") : undefined;
  const rows = text.split("\n").filter((line) => line.trim());
  const read = rows.map((line) => Json.of(line));
  const objects = read.filter((json) => json?.isObject);
  if (objects.length < 2 || objects.length < 0.7 * rows.length) return undefined;
  if (!rows.every((line) => line.trimStart().startsWith("{"))) return undefined;
  const finds = read.map((json, index) => (json && recognizeJson(json)) ?? found("an event", { events: [{ name: "", text: json ? standalone(json.source) : (rows[index] ?? "") }] }));
  return { ...merged("lines of JSON", finds), notes: [`${rows.length - objects.length} of ${rows.length} are broken and are kept as they are.`] };
}

/** Events at any depth, also in strings. */
function inside(json: Json): Found | undefined {
  const events = eventsIn(json, 0);
  return events.length > 0 ? found("JSON with events inside", { events }) : undefined;
}

function eventsIn(json: Json, depth: number): FoundEvent[] {
  if (isEvent(json)) return [{ name: "", text: standalone(json.source) }];
  if (depth > 20) return [];
  if (json.node.kind === "string") {
    const says = json.source.includes("detail-type") ? json.string() : undefined;
    const inner = Json.of(says?.slice(Math.max(0, says.indexOf("{"))));
    return inner ? eventsIn(inner, depth + 1) : [];
  }
  const children = json.node.kind === "array" ? json.items() : json.members().map(([, value]) => value);
  return children.flatMap((child) => eventsIn(child, depth + 1));
}

/** A text is left alone after this many characters of failed attempts: each may read to its end. */
const WORK = 3_000_000;

/** JSON with other words around it: lines of a log, a command of the shell. */
function embedded(text: string): Found | undefined {
  const finds: Found[] = [];
  let work = 0;
  let isInside = false;
  const opening = /[{[]/g;
  for (let start = opening.exec(text); start && work < WORK; start = opening.exec(text)) {
    const reached = { at: 0 };
    const node = readValue(text, start.index, reached);
    const result = node && recognizeJson(new Json(text, node));
    if (node) opening.lastIndex = node.to;
    else {
      work += reached.at - start.index + 100;
      isInside ||= start[0] === "{";
    }
    // What looks like a pattern inside of a broken object is a piece of that object.
    if (result && !(isInside && result.plain === "pattern")) finds.push(result);
  }
  if (finds.length === 0) return undefined;
  const kinds = new Set(finds.map((each) => each.what));
  const [kind = ""] = kinds;
  return merged(kinds.size === 1 && kind !== "an event" ? `${kind} with text around it` : "a log", finds);
}

/** What others did to the quotes: doubled in the cells of CSV, which is what CloudWatch Logs exports, or curled by a chat or a wiki. */
function respelled(text: string): Found | undefined {
  const cells = /[{[]\s*""/.test(text) ? text.replace(/"((?:[^"]|"")*)"/g, (_, cell: string) => cell.replaceAll('""', '"')) : text;
  if (cells !== text) return recognize(cells);
  const straight = text.replace(/[“”„]/g, '"');
  const result = straight !== text ? recognize(straight) : undefined;
  return result && rewritten(result, "in curly quotes");
}

/** An event as Node.js or Python prints it: quotes of the other kind, bare keys, `None`. */
function printed(text: string): Found | undefined {
  const marker = text.search(/['"]?detail-type['"]?\s*:/);
  if (marker < 0) return undefined;
  const opening = /\{/g;
  for (let start = opening.exec(text), tries = 0; start && start.index < marker && tries < 40; start = opening.exec(text), tries++) {
    const literal = readLiteral(text, start.index);
    const json = Json.of(literal?.json);
    const events = json ? eventsIn(json, 0) : [];
    if (!literal || events.length === 0) continue;
    const cut = literal.expressions.length > 0 || literal.json.includes('"Object"');
    return found("a printed event", { events, notes: cut ? ["What the log has shortened, as in `[Object]`, is missing."] : [] });
  }
  return undefined;
}
