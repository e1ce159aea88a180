/** What is to be exported, and names that the formats take. */

import type { TargetContext, TargetInputSettings } from "../engine.js";

/** An event and what the rules make of it. */
export interface EventToExport {
  name: string;
  text: string;
}

/** What a test expects of one event. */
export interface Case {
  event: EventToExport;
  /** Did the user say so? Else it is what the engine answers now. */
  said: boolean;
  expected: "match" | "no-match";
  /** The text that the target receives; nothing when EventBridge would deliver none. */
  delivered?: string;
}

export interface RuleToExport {
  name: string;
  /** JSON text without errors. */
  pattern: string;
  input: TargetInputSettings;
  context: TargetContext;
  cases: Case[];
}

export interface Order {
  rules: RuleToExport[];
  /** The name of the event bus. */
  bus: string;
  /** The names of events that no test can use, because they are no JSON. */
  unreadable: string[];
}

/** A file, and what its user must know: also said beside it. */
export interface Exported {
  text: string;
  notes: string[];
}

/** What stands where the user's own target goes. */
export const TARGET_ARN = "arn:aws:lambda:eu-central-1:123456789012:function:my-function";
export const TARGET_ID = "target";
export const REPLACE_ARN = "The ARN of the target: put your own here.";
export const ABOUT_PERMISSION = "Lets the rule call a Lambda function. A queue or a topic needs a policy of its own, other targets a role.";

/** A rule with a name for every place. */
export interface NamedRule extends RuleToExport {
  /** As EventBridge takes it: letters, digits, `.`, `-`, `_`, at most 64. */
  ruleName: string;
  /** `ImageUploads`: letters and digits. */
  pascal: string;
  /** `image_uploads`: letters, digits and `_`, begins with a letter. */
  snake: string;
}

const LONGEST_NAME = 64;

/** Gives each rule names that are allowed, and that no other one has. */
export function named(rules: RuleToExport[]): { rules: NamedRule[]; notes: string[] } {
  const taken = { names: new Set<string>(), pascal: new Set<string>(), snake: new Set<string>() };
  const changed: string[] = [];
  const all = rules.map((rule): NamedRule => {
    const ruleName = unique(safeName(rule.name), taken.names, "-", LONGEST_NAME);
    const words = ruleName.split(/[^A-Za-z0-9]+/).filter(Boolean);
    const pascal = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join("");
    const snake = words.join("_").toLowerCase();
    if (ruleName !== rule.name) changed.push(`\`${ruleName}\``);
    return { ...rule, ruleName, pascal: unique(fromLetter(pascal, "Rule"), taken.pascal, ""), snake: unique(fromLetter(snake, "rule_"), taken.snake, "_") };
  });
  const notes = changed.length > 0 ? [`The name of a rule has letters, digits, \`.\`, \`-\` and \`_\`, at most ${LONGEST_NAME}, and is there once. So here it is ${changed.join(", ")}.`] : [];
  return { rules: all, notes };
}

function safeName(name: string): string {
  if (/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) return name;
  const safe = name.replace(/[^.\-_A-Za-z0-9]+/g, "-").slice(0, LONGEST_NAME).replace(/^-+|-+$/g, "");
  return safe || "my-rule";
}

const fromLetter = (name: string, start: string): string => (/^[A-Za-z]/.test(name) ? name : start + name);

function unique(name: string, taken: Set<string>, joint: string, longest = Infinity): string {
  let free = name;
  for (let turn = 2; taken.has(free); turn++) free = `${name.slice(0, longest - 4)}${joint}${turn}`;
  taken.add(free);
  return free;
}

/** The default bus is what every format means when it names none. */
export function busOf({ bus }: Order): string | undefined {
  return bus === "default" ? undefined : bus;
}

/** Notes as comments. They quote the user's own names, so nothing in them may end a line. */
export function comments(mark: string, notes: string[]): string {
  return notes.map((note) => `${mark} ${note.replaceAll("`", "").replace(/[\s\p{C}]+/gu, " ")}\n`).join("");
}
