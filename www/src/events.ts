/** The events pane: the list with its verdicts and expectations, and the editor of the selected event. */

import { type Mark, byId, el, mark } from "./dom.js";
import { type Editor, type Highlight, createEditor } from "./editor.js";
import type { EventVerdict, Outcome, TextEdit } from "./engine.js";
import { type Result, expectationSelect, resultLine, resultOf, scoreOf, scoreWords } from "./expectation.js";
import { formatJson } from "./format.js";
import { showProblems } from "./problems.js";
import { type Expectation, MOST_EVENTS, type State, eventOf, ruleOf } from "./state.js";

interface EventsPaneActions {
  edit(text: string): void;
  rename(name: string): void;
  select(index: number): void;
  /** What is expected of an event and the rule on show. */
  expect(index: number, expected: Expectation): void;
  add(): void;
  duplicate(): void;
  remove(): void;
}

interface EventsPane {
  editor: Editor;
  /** After any change of which events there are or which is selected. */
  open(state: State): void;
  show(state: State, outcome: Outcome): void;
  highlight(ranges: Highlight[]): void;
  reveal(from: number): void;
  edit(edits: TextEdit[]): void;
  replace(text: string): void;
  focus(): void;
}

/** The mark and the words of a verdict. */
export const VERDICTS: Record<EventVerdict, { mark: Mark; words: string }> = {
  match: { mark: "yes", words: "match" },
  "no-match": { mark: "no", words: "no match" },
  invalid: { mark: "bad", words: "invalid" },
  unknown: { mark: "none", words: "no verdict" },
};

export function eventsPane(actions: EventsPaneActions): EventsPane {
  const editor = createEditor({ parent: byId("event-editor"), label: "Selected event, JSON", onChange: (text) => actions.edit(text), lineNumbers: true });
  const name = byId<HTMLInputElement>("event-name");
  name.addEventListener("input", () => actions.rename(name.value));
  byId("event-add").addEventListener("click", () => (actions.add(), editor.focus()));
  byId("event-duplicate").addEventListener("click", () => (actions.duplicate(), name.focus(), name.select()));
  byId("event-remove").addEventListener("click", () => actions.remove());
  byId("event-format").addEventListener("click", () => editor.replace(formatJson(editor.text()) ?? editor.text()));
  const rows: Row[] = [];
  const expected = expectedOfSelected(actions);

  return {
    editor,
    open(state) {
      const event = eventOf(state);
      editor.open(event, event.text);
      if (name.value !== event.name) name.value = event.name;
      byId<HTMLButtonElement>("event-remove").disabled = state.events.length === 1;
      for (const id of ["event-add", "event-duplicate"]) byId<HTMLButtonElement>(id).disabled = state.events.length >= MOST_EVENTS;
    },
    show(state, outcome) {
      showList(rows, state, outcome, actions);
      expected.show(state, outcome);
      editor.showProblems(outcome.eventProblems);
      showProblems(byId("event-problems"), outcome.eventProblems, "Problems of the event", editor);
      byId("events-count").textContent = scoreWords(scoreOf(state, outcome.grid, state.rule)) || matchWords(outcome);
    },
    highlight: (ranges) => editor.highlight(ranges),
    reveal: (from) => editor.reveal(from),
    edit: (edits) => editor.edit(edits),
    replace: (text) => editor.replace(text),
    focus: () => editor.focus(),
  };
}

interface Row {
  element: HTMLLIElement;
  show(event: State["events"][number], facts: RowFacts): void;
}

interface RowFacts {
  verdict: EventVerdict;
  expected: Expectation;
  selected: boolean;
  stale: boolean;
}

/** Rows are changed in place, so that the focus stays where it is. */
function showList(rows: Row[], state: State, outcome: Outcome, actions: EventsPaneActions): void {
  const list = byId("event-list");
  while (rows.length > state.events.length) rows.pop()?.element.remove();
  while (rows.length < state.events.length) {
    const added = row(rows.length, actions);
    rows.push(added);
    list.append(added.element);
  }
  list.classList.toggle("stale", outcome.patternStale);
  state.events.forEach((event, index) =>
    rows[index]?.show(event, {
      verdict: outcome.verdicts[index] ?? "unknown",
      expected: event.expected[state.rule] ?? "",
      selected: index === state.selected,
      stale: outcome.patternStale,
    }),
  );
}

function row(index: number, actions: EventsPaneActions): Row {
  const button = el("button", { type: "button", class: "event-row", onclick: () => actions.select(index) });
  const select = expectationSelect((expected) => actions.expect(index, expected));
  const result = el("span", { class: "result-place" });
  const element = el("li", { class: "event-item" }, button, select, result);
  let shown = "";
  return {
    element,
    show(event, { verdict, expected, selected, stale }) {
      const facts = JSON.stringify([event.name, verdict, expected, selected, stale]);
      if (facts === shown) return;
      shown = facts;
      const name = event.name || "unnamed event";
      const { mark: shape, words } = VERDICTS[verdict];
      if (selected) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      button.replaceChildren(
        mark(shape),
        el("span", { class: "event-name" }, name),
        el("span", { class: `event-verdict event-${shape}` }, words, stale && el("span", { class: "visually-hidden" }, ", for the last valid pattern")),
      );
      showResult(element, select, result, name, expected, resultOf(expected, verdict));
    },
  };
}

function showResult(element: HTMLElement, select: HTMLSelectElement, place: HTMLElement, name: string, expected: Expectation, result: Result): void {
  element.classList.toggle("missed", result === "missed");
  select.value = expected;
  select.classList.toggle("expect-nothing", !expected);
  select.setAttribute("aria-label", `What is expected of ${name}`);
  place.replaceChildren(resultLine(result));
}

/** The same for the selected event alone, where the table stands in the place of the list. */
function expectedOfSelected(actions: EventsPaneActions): { show(state: State, outcome: Outcome): void } {
  const line = byId("event-expected");
  const rule = el("code", {});
  let at = 0;
  const select = expectationSelect((expected) => actions.expect(at, expected));
  const result = el("span", { class: "result-place" });
  line.append(el("span", { class: "event-rule" }, "With ", rule), select, result);
  return {
    show(state, outcome) {
      at = state.selected;
      rule.textContent = ruleOf(state).name || "unnamed rule";
      const event = eventOf(state);
      const expected = event.expected[state.rule] ?? "";
      showResult(line, select, result, `${event.name} with this rule`, expected, resultOf(expected, outcome.verdicts[at] ?? "unknown"));
    },
  };
}

function matchWords({ verdicts }: Outcome): string {
  return `${verdicts.filter((verdict) => verdict === "match").length} of ${verdicts.length} match`;
}
