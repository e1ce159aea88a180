/** Problems under the text that they are about, and what a pointer over them says. */

import { type Diagnostic as Squiggle, diagnosticCount, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { keymap } from "@codemirror/view";
import { el, mark, sentence } from "../dom.js";
import type { Editor, Painter } from "../editor.js";
import { type Diagnostic, describeCode } from "eventbridge-rules";
import { SEVERITIES, awsSays } from "../problems.js";

/** F8, for every editor in which one can write. */
export const problemKeys = keymap.of([{ key: "F8", run: nextDiagnostic, shift: previousDiagnostic }]);

export const paintProblems: Painter = (view, problems, edit) => {
  // Each key comes by here, and most texts have no problems: drawing an editor costs a millisecond.
  if (!problems.length && !diagnosticCount(view.state)) return;
  view.dispatch(setDiagnostics(view.state, squiggles(problems, view.state.doc.length, edit)));
};

/** CodeMirror draws nothing for an empty range, so a problem always covers a character where there is one. */
function squiggles(problems: Diagnostic[], end: number, edit: Editor["edit"] | undefined): Squiggle[] {
  return problems
    .map((problem) => {
      const to = Math.min(problem.to, end);
      const from = Math.min(problem.from, to);
      return {
        from: from === to && to === end ? Math.max(0, from - 1) : from,
        to: from === to ? Math.min(to + 1, end) : to,
        severity: problem.severity,
        message: problem.message,
        renderMessage: () => tooltip(problem),
        actions: edit ? (problem.fixes ?? []).map((fix) => ({ name: `Fix: ${fix.title.replaceAll("`", "")}`, apply: () => edit(fix.edits) })) : [],
      };
    })
    .sort((a, b) => a.from - b.from);
}

/** What the list of problems says, shorter. */
function tooltip(problem: Diagnostic): HTMLElement {
  const { mark: shape, noun } = SEVERITIES[problem.severity];
  return el(
    "div",
    { class: "tooltip" },
    el("p", { class: "tooltip-head" }, mark(shape), el("span", {}, sentence(problem.message))),
    awsSays(problem),
    el("p", { class: "tooltip-why" }, sentence(describeCode(problem.code)?.why ?? "")),
    el("p", { class: "tooltip-code" }, `${noun} `, el("code", {}, problem.code)),
  );
}
