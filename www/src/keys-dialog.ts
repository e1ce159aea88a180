/** The keys of the page, in a dialog. */

import { el } from "./dom.js";

const onMac = /Mac|iPhone|iPad/.test(navigator.platform);
const command = onMac ? "⌘" : "Ctrl";
const alt = onMac ? "⌥" : "Alt";

const KEYS: [keys: string[], words: string][] = [
  [["F8"], "Next problem; with Shift the one before"],
  [[alt, "↓"], "Next event; with ↑ the one before"],
  [[alt, "Shift", "↓"], "Next rule; with ↑ the one before"],
  [[command, "S"], "Copy the link that holds everything on this page"],
  [[command, "Z"], "Undo in the editor that has the focus"],
  [["Tab"], "Leave an editor, as any other field"],
  [["Enter"], "In the list of reasons and in the table: show the place in the editors"],
  [["Space"], "In the table: change what is expected of an event and a rule"],
  [["Arrows"], "In the delivered payload, which has a cursor: see and hear where each piece of it comes from"],
  [["?"], "These keys"],
];

export function showKeys(): void {
  const close = el("button", { type: "button", class: "button small", onclick: () => dialog.close() }, "Close");
  const rows = KEYS.map(([keys, words]) => el("div", { class: "key-row" }, el("dt", {}, ...keys.flatMap((key, index) => [index ? " + " : undefined, el("kbd", {}, key)])), el("dd", {}, words)));
  const dialog = el(
    "dialog",
    { class: "dialog", "aria-labelledby": "keys-title", onclose: () => dialog.remove() },
    el("div", { class: "pane-head" }, el("h2", { id: "keys-title" }, "Keys"), el("span", { class: "pane-note" }), close),
    el("dl", { class: "key-list" }, ...rows),
    el("p", { class: "hint key-note" }, "Verdicts come while you type: there is nothing to run."),
  );
  // A click beside the dialog lands on its backdrop, which is the dialog itself.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}
