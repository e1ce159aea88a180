/** Where texts come into the page: pasting, dropping, choosing files, samples. What reads them is loaded when the first one comes. */

import { byId, el } from "../dom.js";
import { place, walkByArrows } from "../menu.js";
import { showNotice } from "../notices.js";
import type { Page } from "../page.js";
import { type State, eventOf, ruleOf } from "../state.js";

/** Where a text was pasted, and what was there before and after. */
export interface Pasted {
  pane: "event" | "pattern";
  pasted: string;
  before: State;
  after: State;
}

export function wireIntake(page: Page): void {
  watchPaste(byId("event-editor"), "event", page);
  watchPaste(byId("pattern-editor"), "pattern", page);
  wireDrop(byId("event-editor").closest<HTMLElement>(".pane") ?? byId("main"), page);
  wireEventMenu(page);
}

/** The editor takes the text in as it always does; only then is it looked at. So nothing is lost if this goes wrong. */
function watchPaste(host: HTMLElement, pane: Pasted["pane"], page: Page): void {
  let before: State | undefined;
  host.addEventListener("paste", () => void (before = structuredClone(page.state())), { capture: true });
  host.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (!before || pasted.trim().length < 12) return;
    const after = structuredClone(page.state());
    void take({ pane, pasted, before, after }, page);
    before = undefined;
  });
}

async function take(paste: Pasted, page: Page): Promise<void> {
  const { applyPaste } = await import("./apply.js");
  const text = (state: State): string => (paste.pane === "event" ? eventOf(state).text : ruleOf(state).pattern);
  const isCurrent = (): boolean => text(page.state()) === text(paste.after);
  await applyPaste(paste, isCurrent, page);
}

async function importFiles(files: readonly File[], page: Page): Promise<void> {
  try {
    const { applyFiles } = await import("./apply.js");
    await applyFiles(files, page);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    showNotice({ kind: "error", text: `The file could not be read (${why}). Nothing was changed.` });
  }
}

/** Files dropped on the pane. Text that is dragged stays the editor's own business. */
function wireDrop(pane: HTMLElement, page: Page): void {
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  let depth = 0;
  const mark = (change: number): void => {
    depth = Math.max(0, depth + change);
    pane.classList.toggle("drop-here", depth > 0);
  };
  pane.addEventListener("dragenter", (event) => hasFiles(event) && mark(1), { capture: true });
  pane.addEventListener("dragleave", (event) => hasFiles(event) && mark(-1), { capture: true });
  pane.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault(), { capture: true });
  pane.addEventListener(
    "drop",
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      mark(-depth);
      void importFiles([...(event.dataTransfer?.files ?? [])], page);
    },
    { capture: true },
  );
}

function wireEventMenu(page: Page): void {
  const menu = byId("event-menu");
  const chosen = el("input", { type: "file", multiple: true, hidden: true, id: "import-files", "aria-label": "Files to import", onchange: () => (void importFiles([...(chosen.files ?? [])], page), (chosen.value = "")) });
  const items = [
    item("AWS sample event…", "Events of S3, EC2, CodePipeline and many more, to start from", () => void import("../samples/dialog.js").then(({ openSamples }) => openSamples(page))),
    item("Import…", "Events as JSON or .jsonl, also in queues, logs and templates; files can be dropped here too, and any of it pasted", () => chosen.click()),
    item("Export .jsonl", "All events with their names and expectations, one on each line", () => void import("./export.js").then(({ download }) => download(page.state()))),
  ];
  menu.append(...items, chosen);
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "open") return;
    place(menu, byId("event-more"));
    items[0]?.focus();
  });
  walkByArrows(menu);

  function item(title: string, says: string, run: () => void): HTMLButtonElement {
    return el("button", { type: "button", class: "menu-item", onclick: () => (menu.hidePopover(), run()) }, el("strong", {}, title), el("span", {}, says));
  }
}
