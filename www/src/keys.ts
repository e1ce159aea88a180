/** Keys that work wherever the focus is. */

import { byId } from "./dom.js";

interface KeyActions {
  /** The next event or the one before. */
  event(step: 1 | -1): void;
  rule(step: 1 | -1): void;
  copyLink(): void;
  evaluate(): void;
}

export function wireKeys(actions: KeyActions): void {
  const help = (): void => void import("./keys-dialog.js").then(({ showKeys }) => showKeys());
  byId("keys").addEventListener("click", help);
  // Before the editors, which know other meanings of these keys.
  addEventListener("keydown", (event) => {
    const work = workOf(event, actions, help);
    if (!work || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    event.stopPropagation();
    work();
  }, { capture: true });
  // After the editors: F8 goes on where an editor has no problem of its own.
  addEventListener("keydown", (event) => {
    if (event.key === "F8" && !event.defaultPrevented) nextProblem(event.shiftKey ? -1 : 1);
  });
}

function workOf(event: KeyboardEvent, actions: KeyActions, help: () => void): (() => void) | undefined {
  const { key, altKey, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : undefined;
  if (altKey && !command && step) return () => (shiftKey ? actions.rule(step) : actions.event(step));
  if (command && !altKey && !shiftKey && key.toLowerCase() === "s") return actions.copyLink;
  if (command && !altKey && !shiftKey && key === "Enter") return actions.evaluate;
  if (key === "?" && !command && !altKey && !isTyping(event.target)) return help;
  return undefined;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && Boolean(target.closest("input, textarea, select, [contenteditable='true']"));
}

let last: Element | undefined;

/** The problems of all panes, in the order of the page, one after the other. */
function nextProblem(step: 1 | -1): void {
  const problems = [...document.querySelectorAll<HTMLElement>("button.problem")].filter((button) => button.checkVisibility());
  const at = last ? problems.indexOf(last as HTMLElement) : -1;
  const next = problems[at < 0 ? (step > 0 ? 0 : problems.length - 1) : (at + step + problems.length) % problems.length];
  last = next;
  next?.scrollIntoView({ block: "nearest" });
  next?.click();
}
