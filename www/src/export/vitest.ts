/** A test file for Vitest that holds the rules to what is expected of them. */

import { type Case, type EventToExport, type Exported, type Order, type RuleToExport, comments } from "./order.js";
import { javaScript, literal } from "./script.js";
import { type Value, members } from "./value.js";

export function vitest({ rules, unreadable }: Order): Exported {
  const notes: string[] = [];
  const events = keysOf(rules.flatMap((rule) => rule.cases.map(({ event }) => event)));
  if (rules.some((rule) => rule.cases.some(({ said }) => !said))) notes.push("Where nothing was expected of an event, the test expects what this page answers now.");
  if (unreadable.length > 0) notes.push(`Left out, because they are not valid: ${unreadable.map((name) => `\`${name}\``).join(", ")}.`);
  if (events.size === 0) notes.push("There is no event to test with.");
  const sample = new Map([...events].map(([event, key]): [string, Value] => [key, event.text]));
  const withTarget = rules.some(isTransformed);
  const text = `${comments("//", notes)}import { EventPattern${withTarget ? ", TargetInput" : ""} } from "eventbridge-rules";
import { describe, expect, test } from "vitest";

const events = ${literal(sample, javaScript, "")};
${rules.map((rule) => suite(rule, events)).join("")}`;
  return { text, notes };
}

/** Each event under a name of its own. */
function keysOf(events: EventToExport[]): Map<EventToExport, string> {
  const keys = new Map<EventToExport, string>();
  const taken = new Set<string>();
  for (const event of events) {
    if (keys.has(event)) continue;
    let key = event.name || "event";
    for (let turn = 2; taken.has(key); turn++) key = `${event.name || "event"} (${turn})`;
    taken.add(key);
    keys.set(event, key);
  }
  return keys;
}

/** Does the target receive anything but the event? */
const isTransformed = (rule: RuleToExport): boolean => Object.keys(rule.input).length > 0;

function suite(rule: RuleToExport, events: Map<EventToExport, string>): string {
  const target = isTransformed(rule) ? `  const target = new TargetInput(${literal(inputOf(rule), javaScript, "  ")});\n` : "";
  const context = isTransformed(rule) && Object.keys(rule.context).length > 0 ? `  const context = ${literal(new Map(Object.entries(rule.context as Record<string, string>)), javaScript, "  ")};\n` : "";
  const tests = rule.cases.map((each) => testOf(each, events.get(each.event) ?? "", target !== "", context !== ""));
  return `
describe(${literal(rule.name, javaScript, "")}, () => {
  const pattern = new EventPattern(${literal(rule.pattern, javaScript, "  ")});
${target}${context}${tests.join("")}});
`;
}

function inputOf({ input }: RuleToExport): Value {
  const { Input, InputPath, InputTransformer } = input;
  const paths = Object.entries(InputTransformer?.InputPathsMap ?? {});
  const transformer = InputTransformer && members(["InputPathsMap", paths.length > 0 ? new Map(paths) : undefined], ["InputTemplate", InputTransformer.InputTemplate]);
  return members(["Input", Input], ["InputPath", InputPath], ["InputTransformer", transformer]);
}

function testOf({ expected, delivered }: Case, key: string, hasTarget: boolean, hasContext: boolean): string {
  const event = `events[${literal(key, javaScript, "")}]`;
  const title = literal(`${expected === "match" ? "matches" : "does not match"} ${key}`, javaScript, "");
  const given = hasContext ? `${event}, context` : event;
  const payload = delivered === undefined ? `    expect(() => target.apply(${given})).toThrow();\n` : `    expect(target.apply(${given})).toBe(${literal(delivered, javaScript, "    ")});\n`;
  return `
  test(${title}, () => {
    const { matches, summary } = pattern.explain(${event});
    expect(matches, summary).toBe(${expected === "match"});
${hasTarget && expected === "match" ? payload : ""}  });
`;
}
