/** From the page's state to what the formats write. Nothing that has an error is exported. */

import { type Diagnostic, EventPattern, TargetInput, lintEvent, lintPattern, lintTargetInput } from "eventbridge-rules";
import { isError } from "../engine.js";
import { contextOf, targetSettings } from "../evaluate.js";
import type { Rule, State } from "../state.js";
import type { Case, Order, RuleToExport } from "./order.js";

/** Why there is nothing to export. */
export interface Refusal {
  rule: string;
  part: "event pattern" | "target input";
  /** The first error. */
  problem: Diagnostic;
}

export function gather(state: State, rules: Rule[], bus: string): Order | Refusal {
  const refusal = firstRefusal(rules);
  if (refusal) return refusal;
  const readable = state.events.map(({ text }) => !lintEvent(text).some(isError));
  return {
    rules: rules.map((rule) => ruleToExport(state, rule, readable)),
    bus,
    unreadable: state.events.filter((_, index) => !readable[index]).map(({ name }) => name),
  };
}

function firstRefusal(rules: Rule[]): Refusal | undefined {
  for (const { name, pattern, target } of rules) {
    const inPattern = lintPattern(pattern).find(isError);
    if (inPattern) return { rule: name, part: "event pattern", problem: inPattern };
    const inTarget = lintTargetInput(targetSettings(target)).find(isError);
    if (inTarget) return { rule: name, part: "target input", problem: inTarget };
  }
  return undefined;
}

function ruleToExport(state: State, rule: Rule, readable: boolean[]): RuleToExport {
  const input = targetSettings(rule.target);
  const context = contextOf(rule);
  const pattern = new EventPattern(rule.pattern);
  const target = new TargetInput(input);
  const place = state.rules.indexOf(rule);
  const cases = state.events.flatMap((event, index): Case[] => {
    if (!readable[index]) return [];
    const said = event.expected[place] || undefined;
    const expected = said ?? (pattern.matches(event.text) ? "match" : "no-match");
    const { delivered, output } = target.explain(event.text, context);
    return [{ event, said: said !== undefined, expected, ...(delivered && output !== undefined && { delivered: output }) }];
  });
  pattern.free();
  target.free();
  return { name: rule.name, pattern: rule.pattern, input, context: usesContext(rule) ? context : {}, cases };
}

/** Only a template has reserved variables. */
function usesContext({ target }: Rule): boolean {
  return target.kind === "transformer" && target.template.includes("<aws.events.");
}
