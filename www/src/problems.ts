/** The list of problems below an editor: what, where, what EventBridge says, and a way out. */

import { type Mark, count, el, mark, sentence } from "./dom.js";
import type { Editor } from "./editor.js";
import { type CodeDescription, type Diagnostic, describeCode } from "eventbridge-rules";
import { isError } from "./engine.js";

/** More than these help nobody; a broken event of a quarter of a megabyte can have thousands. */
const MOST = 50;

/** What a click on a problem and on a fix does; an editor is one. */
export interface ProblemPlace extends Pick<Editor, "select">, Partial<Pick<Editor, "edit">> {
  /** Where the problem is, in words, if it is not in the editor beside the list. */
  place?(problem: Diagnostic): string;
}

type Severity = Diagnostic["severity"];

/** The worst first: a list that is cut must not hide an error behind advice. */
export const SEVERITIES: Record<Severity, { mark: Mark; noun: string }> = {
  error: { mark: "bad", noun: "error" },
  warning: { mark: "warning", noun: "warning" },
  info: { mark: "info", noun: "note" },
  hint: { mark: "hint", noun: "hint" },
};

/** `valid`, `valid, 2 warnings` or `1 error, 2 warnings`: advice leaves a text valid. */
export function validity(problems: Diagnostic[]): string {
  const words = tally(problems);
  if (problems.some(isError)) return words;
  return words ? `valid, ${words}` : "valid";
}

/** `1 error, 2 notes`; empty where there is nothing to say. */
function tally(problems: Diagnostic[]): string {
  const parts = Object.entries(SEVERITIES).map(([severity, { noun }]) => {
    const all = problems.filter((problem) => problem.severity === severity).length;
    return all ? count(all, noun) : "";
  });
  return parts.filter(Boolean).join(", ");
}

/** `3:17`, counted from 1. */
export function lineAndColumn({ range: { start } }: Diagnostic): string {
  return `${start.line + 1}:${start.character + 1}`;
}

/** Fills `host`. With an editor, a click moves its cursor to the problem, and fixes can be applied. */
export function showProblems(host: HTMLElement, problems: Diagnostic[], label: string, editor?: ProblemPlace): void {
  if (!problems.length) return host.replaceChildren();
  // What someone is reading stays open while the text changes.
  const reading = new Set([...host.querySelectorAll<HTMLElement>("details[open]")].map(({ dataset }) => dataset.code));
  const worst = Object.keys(SEVERITIES).flatMap((severity) => problems.filter((problem) => problem.severity === severity));
  const items = worst.slice(0, MOST).map((problem) => item(problem, editor, reading.has(problem.code)));
  if (problems.length > MOST) items.push(el("li", { class: "problem-rest" }, `and ${count(problems.length - MOST, "more problem")}`));
  host.replaceChildren(el("ul", { class: "problem-list", "aria-label": label }, ...items));
}

function item(problem: Diagnostic, editor: ProblemPlace | undefined, open: boolean): HTMLLIElement {
  const { mark: shape, noun } = SEVERITIES[problem.severity];
  const words = [mark(shape), el("span", { class: "visually-hidden" }, `${noun}: `), el("span", { class: "problem-text" }, sentence(problem.message))];
  const place = editor?.place?.(problem) ?? lineAndColumn(problem);
  const head = editor
    ? el("button", { type: "button", class: "problem", onclick: () => editor.select(problem.from, problem.to) }, ...words, el("span", { class: "place" }, place))
    : el("div", { class: "problem" }, ...words);
  return el("li", { class: `problem-item problem-${problem.severity}` }, head, awsSays(problem), el("div", { class: "problem-more" }, ...fixes(problem, editor), about(problem, open)));
}

/** The first line is what people search for; the rest repeats the pattern. */
export function awsSays({ awsMessage }: Diagnostic): HTMLElement | undefined {
  return awsMessage === undefined ? undefined : el("p", { class: "aws-says", title: awsMessage }, "EventBridge says: ", el("q", {}, awsMessage.split("\n", 1)[0]));
}

function fixes(problem: Diagnostic, editor: ProblemPlace | undefined): HTMLElement[] {
  const edit = editor?.edit;
  if (!edit) return [];
  return (problem.fixes ?? []).map((fix) => {
    const plain = `Fix: ${fix.title.replaceAll("`", "")}`;
    return el("button", { type: "button", class: "button small cut", title: plain, onclick: () => edit(fix.edits) }, el("span", {}, "Fix: ", sentence(fix.title)));
  });
}

/** The code and, on demand, what it means. */
function about(problem: Diagnostic, open: boolean): HTMLElement {
  const code = [`${SEVERITIES[problem.severity].noun} `, el("code", {}, problem.code)];
  const description = describeCode(problem.code);
  if (!description) return el("p", { class: "about" }, ...code);
  return el("details", { class: "about", "data-code": problem.code, open }, el("summary", {}, ...code), meaning(problem, description));
}

function meaning({ awsMessage }: Diagnostic, { what, why, example, fixed, event }: CodeDescription): HTMLElement {
  return el(
    "div",
    { class: "meaning" },
    el("p", {}, sentence(`${what} ${why}`)),
    ...[["For example", example], ["Better", fixed], ["With the event", event]].map(([words, text]) => text && el("p", {}, `${words}: `, el("code", {}, text))),
    awsMessage?.includes("\n") && el("p", {}, "EventBridge says in full: ", el("q", { class: "mono" }, awsMessage)),
  );
}
