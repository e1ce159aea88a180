/** Rules and targets in JSON of the CLI, CloudFormation, SAM, the Serverless Framework and Terraform. */

import type { TargetForm } from "../state.js";
import { type Found, type FoundRule, found, isEvent, isPattern } from "./found.js";
import { Json } from "./json.js";
import { standalone } from "./spelling.js";

const PATTERN_KEYS = ["EventPattern", "eventPattern", "event_pattern", "Pattern", "pattern"];
const NAME_KEYS = ["Name", "RuleName", "Rule", "name", "rule_name", "ruleName"];
/** Keys on the way to a rule that say what it is rather than how it is called. */
const STRUCTURE = new Set(["Properties", "resource", "Resources", "Events", "Rules", "events", "functions", "eventBridge", "cloudwatchEvent", "eventbridge", "planned_values"]);

/** The rules and targets that a JSON text defines, and the event of `test-event-pattern`. */
export function openRules(json: Json): Found | undefined {
  if (isEvent(json)) return undefined;
  const notes = new Set<string>();
  const rules = rulesIn(json, [], notes).map(({ label: _, ...rule }) => rule);
  if (rules.length === 0 && notes.size === 0) return undefined;
  const event = json.get("Event") ?? json.get("event");
  const text = event?.node.kind === "string" ? json.string("Event") ?? json.string("event") : event?.isObject ? event.source : undefined;
  const events = text !== undefined && rules.length > 0 && json.get("EventPattern") ? [{ name: "", text: standalone(text) }] : [];
  return found(whatOf(json), { rules, events, notes: [...notes] });
}

function whatOf(json: Json): string {
  if (json.get("Resources")) return json.string("Transform") ? "a SAM template" : "a CloudFormation template";
  if (json.get("functions")) return "a `serverless.yml`";
  if (json.get("resource")) return "a Terraform configuration";
  if (json.get("Rules")) return "the answer of `list-rules`";
  if (json.get("EventPattern") && json.get("Event")) return "the input of `test-event-pattern`";
  if (json.get("EventPattern") && json.get("Arn")) return "the answer of `describe-rule`";
  if (json.get("Targets") && !json.get("EventPattern")) return "the answer of `list-targets-by-rule`";
  return "the definition of a rule";
}

/** With the label that other parts of a Terraform configuration call it by. */
type LabeledRule = FoundRule & { label: string };

function rulesIn(json: Json, way: string[], notes: Set<string>): LabeledRule[] {
  if (json.node.kind === "array") return json.items().flatMap((item) => rulesIn(item, way, notes));
  if (!json.isObject) return [];
  const own = ruleOf(json, way, notes);
  if (own) return [own];
  if (way.length === 0 && json.get("ScheduleExpression")) notes.add("The rule has a schedule and no pattern.");
  const inside = json.members().flatMap(([key, value]) => (key === "aws_cloudwatch_event_target" ? [] : rulesIn(value, [...way, key], notes)));
  const targets = json.get("aws_cloudwatch_event_target") ?? json.get("resource", "aws_cloudwatch_event_target");
  if (targets) joinTargets(inside, targets);
  return inside;
}

function ruleOf(json: Json, way: string[], notes: Set<string>): LabeledRule | undefined {
  const pattern = patternOf(json, way);
  const target = targetOf(json, notes);
  if (pattern === undefined && !(target && isTarget(json))) return undefined;
  if (pattern && /"(?:Ref|Fn::\w+)"\s*:/.test(pattern)) notes.add("The pattern refers to other parts of the template (`Ref`, `Fn::…`), which only a deployment fills in.");
  const arn = json.string("Arn") ?? json.string("arn");
  const name = nameOf(json, way);
  const form = { ...(target ?? {}), ...(arn?.includes(":rule/") && { ruleArn: arn }) };
  return { name, label: way.at(-1) ?? "", ...(pattern !== undefined && { pattern }), ...(Object.keys(form).length > 0 && { target: form }) };
}

function patternOf(json: Json, way: string[]): string | undefined {
  const keys = way.at(-1) === "cloudwatchEvent" ? [...PATTERN_KEYS, "event"] : PATTERN_KEYS;
  for (const key of keys) {
    const value = json.get(key);
    const inner = value?.node.kind === "string" ? Json.of(json.string(key)) : value;
    // `pattern` is a common word: only what is a pattern counts. The other names say it themselves.
    if (inner?.isObject && (/^event_?pattern$/i.test(key) ? true : isPattern(inner))) return standalone(inner.source);
  }
  return undefined;
}

function nameOf(json: Json, way: string[]): string {
  for (const key of NAME_KEYS) {
    const name = json.string(key);
    if (name && !name.includes("${")) return name;
  }
  return way.findLast((key) => !STRUCTURE.has(key) && !key.startsWith("aws_")) ?? "";
}

/** Is this object about targets, and not merely something with a member called `input`? */
function isTarget(json: Json): boolean {
  return json.items("Targets").length > 0;
}

/** The first target with an input of its own, of a rule or of `Targets`; else the first at all. */
function targetOf(json: Json, notes: Set<string>): Partial<TargetForm> | undefined {
  const list = [...json.items("Targets"), ...json.items("targets")];
  if (list.length === 0) return inputOf(json);
  const inputs = list.map(inputOf);
  const chosen = inputs.find(Boolean);
  if (list.length > 1) notes.add(`The rule has ${list.length} targets; ${chosen ? "the first with an input of its own" : "the first"} is shown.`);
  return chosen ?? { kind: "event" };
}

function inputOf(json: Json): Partial<TargetForm> | undefined {
  const transformer = either(json, "InputTransformer", "inputTransformer", "input_transformer");
  const one = transformer?.items()[0] ?? transformer;
  const template = one && (one.string("InputTemplate") ?? one.string("inputTemplate") ?? one.string("input_template"));
  if (one && template !== undefined) {
    const map = either(one, "InputPathsMap", "inputPathsMap", "input_paths");
    const paths = (map?.members() ?? []).flatMap(([name, path]): [string, string][] => (path.string() === undefined ? [] : [[name, path.string() ?? ""]]));
    return { kind: "transformer", paths, template };
  }
  const path = json.string("InputPath") ?? json.string("inputPath") ?? json.string("input_path");
  if (path !== undefined) return { kind: "path", path };
  const input = json.string("Input") ?? json.string("input");
  return input === undefined ? undefined : { kind: "input", input: standalone(input) };
}

function either(json: Json, ...names: string[]): Json | undefined {
  return names.map((name) => json.get(name)).find(Boolean);
}

/** Terraform keeps targets apart from rules: each names its rule. */
function joinTargets(rules: LabeledRule[], targets: Json): void {
  for (const [, target] of targets.members()) {
    const body = target.items()[0] ?? target;
    const named = body.string("rule") ?? "";
    const rule = rules.find(({ name }) => named === name) ?? rules.find(({ label }) => named.split(".").includes(label)) ?? (rules.length === 1 ? rules[0] : undefined);
    const input = inputOf(body);
    if (rule && input && !rule.target) rule.target = input;
  }
}
