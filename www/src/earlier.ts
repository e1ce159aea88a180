/** The entries of the menu that bring earlier work back, and forget it. */

import { count, el } from "./dom.js";
import { type Earlier, dropEarlier, earlier } from "./saved.js";
import type { State } from "./state.js";

/** `pick` shows the state; `refill` draws the menu again. */
export function earlierEntries(pick: (state: State) => void, refill: () => void): HTMLElement[] {
  const works = earlier();
  if (!works.length) return [];
  return [el("p", { class: "label" }, "Your earlier work"), ...works.map(row), el("p", { class: "label" }, "Examples")];

  function row(work: Earlier): HTMLElement {
    const { title, says } = wordsOf(work);
    const forget = el("button", { type: "button", class: "button small quiet", "aria-label": `Forget ${title}, ${says}`, title: "Forget", onclick: () => (dropEarlier(work), refill()) }, "×");
    return el("div", { class: "menu-row" }, el("button", { type: "button", class: "menu-item", onclick: () => pick(work.state) }, el("strong", {}, title), el("span", {}, says)), forget);
  }
}

function wordsOf({ at, state: { rules, events } }: Earlier): { title: string; says: string } {
  const [first, ...others] = rules.map(({ name }) => name || "unnamed rule");
  const title = others.length ? `${first} and ${count(others.length, "other rule")}` : String(first);
  const when = at ? `${new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" })}, ` : "";
  return { title, says: `${when}${count(events.length, "event")}` };
}
