/** Manuals as the page shows them, beside a suggestion and below the pointer. */

import { el, sentence } from "../dom.js";
import { ENVELOPE, OPERATORS, OR } from "./manual.js";

/** The manual of an operator, of `$or` or of a key of every event; null if there is none. */
export function manualOf(name: string): HTMLElement | null {
  const operator = OPERATORS[name];
  if (!operator) {
    const says = name === "$or" ? OR : ENVELOPE[name];
    return says === undefined ? null : el("div", { class: "manual" }, el("p", {}, sentence(says)));
  }
  const { summary, forms, example, passes, fails, note } = operator;
  return el(
    "div",
    { class: "manual" },
    el("p", {}, sentence(summary)),
    el("ul", { class: "manual-forms" }, ...forms.map((form) => el("li", {}, el("code", {}, form)))),
    el("p", {}, el("code", {}, example), " passes ", el("code", {}, passes), ", not ", el("code", {}, fails === "{}" ? "a missing field" : fails), "."),
    el("p", { class: "manual-note" }, sentence(note)),
  );
}
