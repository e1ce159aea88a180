/** The list of problems below an editor: what, where, what EventBridge says, and a way out. */

import { count, el, mark, sentence } from "./dom.js";
import type { Editor } from "./editor.js";
import type { Diagnostic } from "./engine.js";

/** More than these help nobody; a broken event of a quarter of a megabyte can have thousands. */
const MOST = 50;

/** What a click on a problem and on a fix does; an editor is one. It has a name where it is not the one beside the list. */
export type ProblemPlace = Pick<Editor, "select"> & Partial<Pick<Editor, "edit">> & { name?: string };

/** Fills `host`. With an editor, a click moves its cursor to the problem, and fixes can be applied. */
export function showProblems(host: HTMLElement, problems: Diagnostic[], label: string, editor?: ProblemPlace): void {
  if (!problems.length) return host.replaceChildren();
  const items = problems.slice(0, MOST).map((problem) => item(problem, editor));
  if (problems.length > MOST) items.push(el("li", { class: "problem-rest" }, `and ${count(problems.length - MOST, "more problem")}`));
  host.replaceChildren(el("ul", { class: "problem-list", "aria-label": label }, ...items));
}

function item(problem: Diagnostic, editor: ProblemPlace | undefined): HTMLLIElement {
  const { line, character } = problem.range.start;
  const words = [
    mark(problem.severity === "error" ? "bad" : "lost"),
    el("span", { class: "visually-hidden" }, `${problem.severity}: `),
    el("span", { class: "problem-text" }, sentence(problem.message)),
  ];
  const line1 = editor
    ? el("button", { type: "button", class: "problem", onclick: () => editor.select(problem.from, problem.to) }, ...words, el("span", { class: "place" }, `${editor.name ? `${editor.name} ` : ""}${line + 1}:${character + 1}`))
    : el("div", { class: "problem" }, ...words);
  return el("li", { class: `problem-item problem-${problem.severity}` }, line1, ...aws(problem), ...fixes(problem, editor));
}

function aws(problem: Diagnostic): HTMLElement[] {
  return problem.awsMessage ? [el("p", { class: "aws-says" }, "EventBridge says: ", el("q", {}, problem.awsMessage))] : [];
}

function fixes(problem: Diagnostic, editor: ProblemPlace | undefined): HTMLElement[] {
  const edit = editor?.edit;
  if (!edit) return [];
  return (problem.fixes ?? []).map((fix) => el("button", { type: "button", class: "button small fix", onclick: () => edit(fix.edits) }, "Fix: ", sentence(fix.title)));
}
