/** The rules: their list, and the name of the one on show. */

import { type Mark, byId, el, mark } from "./dom.js";
import type { Outcome, RuleCondition } from "./engine.js";
import { scoreOf, scoreWords } from "./expectation.js";
import { MOST_RULES, type State, ruleOf } from "./state.js";

interface RulesActions {
  select(index: number): void;
  rename(name: string): void;
  add(): void;
  duplicate(): void;
  remove(): void;
}

interface RulesBar {
  /** After any change of which rules there are or which is on show. */
  open(state: State): void;
  show(state: State, outcome: Outcome): void;
}

export function rulesBar(actions: RulesActions): RulesBar {
  const list = byId("rule-list");
  const name = byId<HTMLInputElement>("rule-name");
  const rows: HTMLButtonElement[] = [];
  name.addEventListener("input", () => actions.rename(name.value));
  byId("rule-add").addEventListener("click", () => (actions.add(), name.focus(), name.select()));
  byId("rule-duplicate").addEventListener("click", () => (actions.duplicate(), name.focus(), name.select()));
  byId("rule-remove").addEventListener("click", () => actions.remove());

  return {
    open(state) {
      const rule = ruleOf(state);
      if (name.value !== rule.name) name.value = rule.name;
      byId<HTMLButtonElement>("rule-remove").disabled = state.rules.length === 1;
      for (const id of ["rule-add", "rule-duplicate"]) byId<HTMLButtonElement>(id).disabled = state.rules.length >= MOST_RULES;
    },
    show(state, outcome) {
      while (rows.length > state.rules.length) rows.pop()?.parentElement?.remove();
      while (rows.length < state.rules.length) {
        const index = rows.length;
        const button = el("button", { type: "button", class: "rule-row", onclick: () => actions.select(index) });
        rows.push(button);
        list.append(el("li", {}, button));
      }
      rows.forEach((button, index) => showRow(button, state, outcome, index));
    },
  };
}

function showRow(button: HTMLButtonElement, state: State, outcome: Outcome, index: number): void {
  const score = scoreOf(state, outcome.grid, index);
  const matches = outcome.grid.filter((row) => row[index] === "match").length;
  const words = scoreWords(score) || `${matches} of ${state.events.length} match`;
  const { mark: shape, words: condition } = conditionOf(outcome.rules[index], score);
  const name = state.rules[index]?.name || "unnamed rule";
  const facts = JSON.stringify([name, shape, words, index === state.rule]);
  if (button.dataset.facts === facts) return;
  button.dataset.facts = facts;
  if (index === state.rule) button.setAttribute("aria-current", "true");
  else button.removeAttribute("aria-current");
  button.replaceChildren(mark(shape), el("span", { class: "row-name" }, name), el("span", { class: "row-words" }, condition && `${condition}, `, words));
}

/** The mark of a rule, and the words that go with it. */
function conditionOf(rule: RuleCondition | undefined, { kept, of }: { kept: number; of: number }): { mark: Mark; words: string } {
  if (rule?.stale) return { mark: "bad", words: "has errors" };
  if (of === 0) return { mark: "none", words: "" };
  return kept === of ? { mark: "kept", words: "" } : { mark: "missed", words: "" };
}
