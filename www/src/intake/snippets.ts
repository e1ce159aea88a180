/** Rules in source code: CDK, SDKs, Terraform, shell. Only what is a literal can be read; expressions stay as text and are named. */

import { type Found, found } from "./found.js";
import { Json } from "./json.js";
import { readLiteral } from "./literal.js";
import { openRules } from "./rules.js";
import { standalone } from "./spelling.js";

/** Does the text look like source code about a rule? */
function isSnippet(text: string): boolean {
  return /event[_-]?pattern|aws_cloudwatch_event_/i.test(text);
}

export function openSnippet(text: string): Found | undefined {
  return isSnippet(text) ? (terraform(text) ?? code(text)) : undefined;
}

/** Blocks of HCL, turned into what the same would be in Terraform's JSON. */
function terraform(text: string): Found | undefined {
  const blocks = new Map<string, string[]>();
  const expressions: string[] = [];
  for (const header of text.matchAll(/^[ \t]*resource\s+"(aws_cloudwatch_event_(?:rule|target))"\s+"([^"\s]+)"\s*(?=\{)/gm)) {
    const body = readLiteral(text, header.index + header[0].length);
    if (!body) continue;
    const [, kind = "", label = ""] = header;
    blocks.set(kind, [...(blocks.get(kind) ?? []), `${JSON.stringify(label)}: ${body.json}`]);
    expressions.push(...body.expressions);
  }
  if (blocks.size === 0) return undefined;
  const kinds = [...blocks].map(([kind, bodies]) => `${JSON.stringify(kind)}: {${bodies.join(", ")}}`);
  const json = Json.of(`{"resource": {${kinds.join(", ")}}}`);
  const result = json && openRules(json);
  return result && { ...result, what: "a Terraform configuration", notes: [...result.notes, ...about(result, expressions)] };
}

const ASSIGNMENT = /["']?event[_-]?pattern["']?\s*(?::|=>|=|\s(?=['"]))\s*/gi;

/** Wherever a pattern is assigned: `eventPattern: {…}`, `EventPattern=json.dumps({…})`, `--event-pattern '…'`. */
function code(text: string): Found | undefined {
  const notes: string[] = [];
  const rules = [...text.matchAll(ASSIGNMENT)].flatMap((assignment) => {
    const literal = readLiteral(text, assignment.index + assignment[0].length);
    const json = Json.of(literal?.json);
    const pattern = json?.node.kind === "string" ? Json.of(json.string()) : json;
    if (!literal || !pattern?.isObject) return [];
    const rule = { name: nameBefore(text, assignment.index), pattern: standalone(renamed(pattern)) };
    notes.push(...about({ rules: [rule] }, literal.expressions));
    return [rule];
  });
  return rules.length > 0 ? found("a snippet of code", { rules, notes }) : undefined;
}

/** The CDK writes `detailType` where EventBridge has `detail-type`. */
function renamed(pattern: Json): string {
  const key = pattern.node.kind === "object" ? pattern.node.entries.find((entry) => /^detail_?type$/i.test(entry.key)) : undefined;
  return key ? `${pattern.text.slice(pattern.node.from, key.from)}"detail-type"${pattern.text.slice(key.to, pattern.node.to)}` : pattern.source;
}

/** The name that stands nearest before a place: `Rule(this, "Name"`, `--name x`, `Name: "x"`. */
function nameBefore(text: string, end: number): string {
  const before = text.slice(Math.max(0, end - 600), end);
  const names = [...before.matchAll(/Rule\(\s*\w+,\s*["'`]([^"'`]+)["'`]|--name[ =]["']?([\w.-]+)|\b(?:rule_?)?name["']?\s*[:=]\s*["']([\w.-]+)["']/gi)];
  return names.at(-1)?.slice(1).find(Boolean) ?? "";
}

/** Names those expressions that have reached a pattern. */
function about({ rules }: Pick<Found, "rules">, expressions: string[]): string[] {
  const inside = [...new Set(expressions)].filter((expression) => rules.some(({ pattern }) => pattern?.includes(JSON.stringify(expression))));
  return inside.length ? [`What ${inside.slice(0, 3).map((each) => `\`${each.slice(0, 40)}\``).join(", ")} will be is not known here, so it stands as a text.`] : [];
}
