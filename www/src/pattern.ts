/** The pattern pane. */

import { byId } from "./dom.js";
import { type Editor, type Highlight, createEditor } from "./editor.js";
import type { Outcome, TextEdit } from "./engine.js";
import { formatJson } from "./format.js";
import { showProblems, validity } from "./problems.js";
import { type State, ruleOf } from "./state.js";

interface PatternPane {
  editor: Editor;
  open(state: State): void;
  show(outcome: Outcome): void;
  highlight(ranges: Highlight[]): void;
  reveal(from: number): void;
  edit(edits: TextEdit[]): void;
  /** As `edit`, but the focus stays where it is. */
  change(edits: Pick<TextEdit, "from" | "to" | "newText">[]): void;
  replace(text: string): void;
  focus(): void;
}

export function patternPane(onChange: (text: string) => void): PatternPane {
  const editor: Editor = createEditor({ parent: byId("pattern-editor"), label: "Event pattern, JSON", onChange, lineNumbers: true });
  const format = byId("pattern-format");
  format.addEventListener("click", () => editor.replace(formatJson(editor.text()) ?? editor.text()));
  return {
    editor,
    open(state) {
      const rule = ruleOf(state);
      editor.open(rule, rule.pattern);
    },
    show(outcome) {
      editor.showProblems(outcome.patternProblems);
      showProblems(byId("pattern-problems"), outcome.patternProblems, "Problems of the pattern", editor);
      byId("pattern-note").textContent = validity(outcome.patternProblems);
    },
    highlight: (ranges) => editor.highlight(ranges),
    reveal: (from) => editor.reveal(from),
    edit: (edits) => editor.edit(edits),
    change: (edits) => editor.change(edits),
    replace: (text) => editor.replace(text),
    focus: () => editor.focus(),
  };
}
