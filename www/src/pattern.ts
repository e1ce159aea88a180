/** The pattern pane. */

import { byId, count } from "./dom.js";
import { type Editor, type Highlight, createEditor } from "./editor.js";
import type { Outcome } from "./engine.js";
import { formatJson } from "./format.js";
import { showProblems } from "./problems.js";
import type { State } from "./state.js";

export interface PatternPane {
  open(state: State): void;
  show(outcome: Outcome): void;
  highlight(ranges: Highlight[]): void;
  reveal(from: number): void;
  focus(): void;
}

export function patternPane(onChange: (text: string) => void): PatternPane {
  const editor: Editor = createEditor({ parent: byId("pattern-editor"), label: "Event pattern, JSON", onChange, lineNumbers: true });
  const format = byId("pattern-format");
  format.addEventListener("click", () => editor.replace(formatJson(editor.text()) ?? editor.text()));
  return {
    open: (state) => editor.open(state, state.pattern),
    show(outcome) {
      editor.showProblems(outcome.patternProblems);
      showProblems(byId("pattern-problems"), outcome.patternProblems, "Problems of the pattern", editor);
      byId("pattern-note").textContent = problemNote(outcome);
    },
    highlight: (ranges) => editor.highlight(ranges),
    reveal: (from) => editor.reveal(from),
    focus: () => editor.focus(),
  };
}

function problemNote({ patternProblems }: Outcome): string {
  const errors = patternProblems.filter((problem) => problem.severity === "error").length;
  if (errors) return count(errors, "error");
  return patternProblems.length ? `valid, ${count(patternProblems.length, "hint")}` : "valid";
}
