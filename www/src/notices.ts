/** Notices below the header: what went wrong, and what can be undone. */

import { byId, el, mark } from "./dom.js";

export interface NoticeAction {
  label: string;
  run: () => void;
}

interface NoticeOptions {
  /** `error` is announced at once and stays; `note` goes by itself. */
  kind: "error" | "note";
  text: string | Node;
  action?: NoticeAction;
  /** More to choose from, behind the first. */
  others?: NoticeAction[];
}

/** Long enough to read and to reach the button from the keyboard. */
const STAYS_MS = 12_000;

/** Shows a notice in place of an earlier one of its kind. */
export function showNotice({ kind, text, action, others = [] }: NoticeOptions): void {
  const host = byId("notices");
  host.querySelector(`.notice-${kind}`)?.remove();
  const close = el("button", { type: "button", class: "button small quiet", "aria-label": "Close this notice", onclick: () => notice.remove() }, "Close");
  const buttons = [...(action ? [action] : []), ...others].map(({ label, run }) => el("button", { type: "button", class: "button small", onclick: () => (notice.remove(), run()) }, label));
  const notice = el("div", { class: `notice notice-${kind}`, role: kind === "error" ? "alert" : "status" }, mark(kind === "error" ? "bad" : "none"), el("p", {}, text), ...buttons, close);
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
