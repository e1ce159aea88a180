/** The button that turns the event's text into something to click on. The rest is loaded when it is pressed. */

import { byId, el } from "../dom.js";
import type { Page } from "../page.js";
import type { Panel } from "./panel.js";

interface Builder {
  /** After anything has changed. */
  show(): void;
}

export function wireBuilder(page: Page): Builder {
  const button = byId<HTMLButtonElement>("pattern-build");
  const editor = byId("event-editor");
  const host = el("div", { class: "builder", id: "event-builder", hidden: true });
  editor.before(host);
  let panel: Panel | undefined;

  async function toggle(open: boolean): Promise<void> {
    button.setAttribute("aria-pressed", String(open));
    if (open && !panel) {
      const { createPanel } = await import("./panel.js");
      panel ??= createPanel(host, page, () => void toggle(false));
    }
    const isOpen = button.getAttribute("aria-pressed") === "true";
    host.hidden = !isOpen;
    editor.hidden = isOpen;
    if (isOpen) panel?.show();
    if (isOpen) panel?.startIfEmpty();
    // The focus goes where the work is, and comes back to the button.
    if (isOpen) panel?.focus();
    else if (!open) button.focus();
  }

  button.addEventListener("click", () => void toggle(button.getAttribute("aria-pressed") !== "true"));
  return {
    show() {
      if (!host.hidden) panel?.show();
    },
  };
}
