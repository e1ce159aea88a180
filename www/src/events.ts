/** The events pane: the list with its verdicts, and the editor of the selected event. */

import { type Mark, byId, el, mark } from "./dom.js";
import { type Editor, type Highlight, createEditor } from "./editor.js";
import type { EventVerdict, Outcome, TextEdit } from "./engine.js";
import { formatJson } from "./format.js";
import { showProblems } from "./problems.js";
import type { State } from "./state.js";

export interface EventsPaneActions {
  edit(text: string): void;
  rename(name: string): void;
  select(index: number): void;
  add(): void;
  duplicate(): void;
  remove(): void;
}

export interface EventsPane {
  editor: Editor;
  /** After any change of which events there are or which is selected. */
  open(state: State): void;
  show(state: State, outcome: Outcome): void;
  highlight(ranges: Highlight[]): void;
  reveal(from: number): void;
  edit(edits: TextEdit[]): void;
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

  return {
    editor,
    open(state) {
      const event = state.events[state.selected];
      if (!event) return;
      editor.open(event, event.text);
      if (name.value !== event.name) name.value = event.name;
      byId<HTMLButtonElement>("event-remove").disabled = state.events.length === 1;
    },
    show(state, outcome) {
      showList(state, outcome, actions.select);
      editor.showProblems(outcome.eventProblems);
      showProblems(byId("event-problems"), outcome.eventProblems, "Problems of the event", editor);
      byId("events-count").textContent = tally(outcome);
    },
    highlight: (ranges) => editor.highlight(ranges),
    reveal: (from) => editor.reveal(from),
    edit: (edits) => editor.edit(edits),
    focus: () => editor.focus(),
  };
}

/** Rows are changed in place, so that the focus stays where it is. */
function showList(state: State, outcome: Outcome, select: (index: number) => void): void {
  const list = byId("event-list");
  while (list.children.length > state.events.length) list.lastElementChild?.remove();
  while (list.children.length < state.events.length) list.append(row(list.children.length, select));
  list.classList.toggle("stale", outcome.patternStale);
  state.events.forEach((event, index) => {
    const button = list.children[index]?.firstElementChild;
    if (!button) return;
    const verdict = VERDICTS[outcome.verdicts[index] ?? "unknown"];
    const selected = index === state.selected;
    if (selected) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    button.replaceChildren(
      mark(verdict.mark),
      el("span", { class: "event-name" }, event.name || "unnamed event"),
      el("span", { class: `event-verdict event-${verdict.mark}` }, verdict.words, outcome.patternStale && el("span", { class: "visually-hidden" }, ", for the last valid pattern")),
    );
  });
}

function row(index: number, select: (index: number) => void): HTMLLIElement {
  return el("li", {}, el("button", { type: "button", class: "event-row", onclick: () => select(index) }));
}

function tally({ verdicts }: Outcome): string {
  return `${verdicts.filter((verdict) => verdict === "match").length} of ${verdicts.length} match`;
}
