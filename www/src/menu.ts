/** The menu of examples: a popover, so that Escape and a click elsewhere close it without our doing. */

import { byId, el } from "./dom.js";
import type { Example } from "./examples.js";

export function wireMenu(examples: readonly Example[], choose: (example: Example) => void): void {
  const menu = byId("examples");
  const button = byId("examples-button");
  const entries = examples.map((example) => {
    const pick = (): void => {
      menu.hidePopover();
      choose(example);
    };
    return el("button", { type: "button", class: "menu-item", onclick: pick }, el("strong", {}, example.title), el("span", {}, example.says));
  });
  menu.append(...entries);
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "open") return;
    place(menu, button);
    entries[0]?.focus();
  });
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = entries.indexOf(document.activeElement as HTMLButtonElement);
    entries.at((at + step) % entries.length)?.focus();
  });
}

/** Below its button, inside the window. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const below = button.getBoundingClientRect();
  menu.style.top = `${below.bottom + 4}px`;
  menu.style.left = `${Math.max(8, Math.min(below.left, innerWidth - menu.offsetWidth - 8))}px`;
}
