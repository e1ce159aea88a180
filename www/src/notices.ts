/** Notices below the header: what went wrong, and what can be undone. */

import { byId, el, mark } from "./dom.js";

export interface NoticeOptions {
  /** `error` is announced at once and stays; `note` goes by itself. */
  kind: "error" | "note";
  text: string;
  action?: { label: string; run: () => void };
}

/** Long enough to read and to reach the button from the keyboard. */
const STAYS_MS = 12_000;

/** Shows a notice in place of an earlier one of its kind. */
export function showNotice({ kind, text, action }: NoticeOptions): void {
  const host = byId("notices");
  host.querySelector(`.notice-${kind}`)?.remove();
  const close = el("button", { type: "button", class: "button small quiet", "aria-label": "Close this notice", onclick: () => notice.remove() }, "Close");
  const act = action && el("button", { type: "button", class: "button small", onclick: () => (notice.remove(), action.run()) }, action.label);
  const notice = el("div", { class: `notice notice-${kind}`, role: kind === "error" ? "alert" : "status" }, mark(kind === "error" ? "bad" : "none"), el("p", {}, text), act, close);
  host.append(notice);
  if (kind === "note") removeLater(notice);
}

/** Waits for as long as someone is at it. */
function removeLater(notice: HTMLElement): void {
  setTimeout(() => {
    if (notice.matches(":hover, :focus-within")) removeLater(notice);
    else notice.remove();
  }, STAYS_MS);
}
