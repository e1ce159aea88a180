/** The menu of examples: a popover, so that Escape and a click elsewhere close it without our doing. */

import { byId, el } from "./dom.js";
import { blankState } from "./example.js";
import { showNotice } from "./notices.js";
import type { State } from "./state.js";

interface MenuOptions {
  /** `words` say what was done; the page may show any of `examples` now. */
  choose(state: State, words: string, examples: State[]): void;
  /** Brings back a work that something else took the place of. */
  bringBack(state: State): void;
}

export function wireMenu({ choose, bringBack }: MenuOptions): void {
  const menu = byId("examples");
  const button = byId("examples-button");

  const entry = (title: string, says: string, pick: () => void): HTMLElement => {
    const onclick = (): void => {
      menu.hidePopover();
      pick();
    };
    return el("button", { type: "button", class: "menu-item", onclick }, el("strong", {}, title), el("span", {}, says));
  };

  /** Draws the menu; none before its parts are loaded. */
  let draw: (() => void) | undefined;

  async function load(): Promise<() => void> {
    const [{ EXAMPLES }, { earlierEntries }] = await Promise.all([import("./examples.js"), import("./earlier.js")]);
    const states = [...EXAMPLES.map(({ state }) => state), blankState()];
    const empty = entry("Empty page", "One new event and one new rule, to start from.", () => choose(blankState(), "Empty page opened.", states));
    const examples = [empty, ...EXAMPLES.map(({ title, says, state }) => entry(title, says, () => choose(state, `Example “${title}” opened.`, states)))];
    const redraw = (): void => {
      menu.replaceChildren(...earlierEntries((state) => (menu.hidePopover(), bringBack(state)), () => (redraw(), enter())), ...examples);
    };
    redraw();
    return redraw;
  }

  const enter = (): void => menu.querySelector("button")?.focus();

  // Before it is seen: what the menu showed last may have been forgotten since.
  menu.addEventListener("beforetoggle", (event) => {
    if (event.newState === "open") draw?.();
  });
  menu.addEventListener("toggle", async (event) => {
    if (event.newState !== "open") return;
    try {
      draw ??= await load();
    } catch {
      menu.hidePopover();
      showNotice({ kind: "error", text: "The examples could not be loaded. Open the menu again when there is a network." });
      return;
    }
    enter();
    place(menu, button);
  });
  walkByArrows(menu);
}

/** In a menu, the arrows lead from one button to the next. */
export function walkByArrows(menu: HTMLElement): void {
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const entries = [...menu.querySelectorAll("button")];
    const at = entries.indexOf(document.activeElement as HTMLButtonElement);
    entries.at((at + step) % entries.length)?.focus();
  });
}

/** Below its button or, where there is no room, above; always inside the window. */
export function place(menu: HTMLElement, button: HTMLElement): void {
  const { top, bottom, left } = button.getBoundingClientRect();
  const fits = bottom + 4 + menu.offsetHeight <= innerHeight - 8;
  menu.style.top = `${fits ? bottom + 4 : Math.max(8, top - 4 - menu.offsetHeight)}px`;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - menu.offsetWidth - 8))}px`;
}
