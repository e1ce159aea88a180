/** The pane of events × rules: there when there are several rules, and folded away on demand. Then the lists stand in its place. */

import { byId } from "./dom.js";
import type { Outcome } from "./engine.js";
import { missedWords, scoreOf, scoreWords } from "./expectation.js";
import { showNotice } from "./notices.js";
import type { State } from "./state.js";
import type { Table, TableActions } from "./table.js";

interface Overview {
  show(state: State, outcome: Outcome): void;
}

export function overviewPane(actions: TableActions): Overview {
  const toggle = byId("table-toggle");
  let folded = false;
  let table: Table | undefined;
  let loading: Promise<void> | undefined;
  let latest: [state: State, outcome: Outcome] | undefined;

  const load = (): Promise<void> =>
    import("./table.js").then(
      ({ eventsByRules }) => {
        table = eventsByRules(actions);
        if (latest) table.show(...latest);
      },
      () => {
        loading = undefined;
        folded = true;
        if (latest) show(...latest);
        showNotice({ kind: "error", text: "The table of events and rules could not be loaded. The lists of events and of rules say the same." });
      },
    );

  function show(state: State, outcome: Outcome): void {
    latest = [state, outcome];
    const several = state.rules.length > 1;
    const open = several && !folded;
    byId("table").hidden = !several;
    byId("table-body").hidden = byId("event-expected").hidden = !open;
    byId("event-list").hidden = open;
    byId("rule-list").hidden = !several || open;
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = open ? "Hide the table" : "Show the table";
    const score = scoreOf(state, outcome.grid);
    const note = byId("table-note");
    note.textContent = [scoreWords(score), missedWords(score)].filter(Boolean).join(", ");
    note.classList.toggle("note-missed", score.kept < score.of);
    if (open && !table) loading ??= load();
    else if (open) table?.show(state, outcome);
  }

  toggle.addEventListener("click", () => {
    folded = !folded;
    if (latest) show(...latest);
  });
  return { show };
}
