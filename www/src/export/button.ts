/** The button that opens the dialog. All else is loaded when it is pressed. */

import { byId } from "../dom.js";
import { showNotice } from "../notices.js";
import type { State } from "../state.js";

export function wireExport(current: () => State): void {
  byId("export").addEventListener("click", () => void open(current()));
}

async function open(state: State): Promise<void> {
  try {
    const { openExport } = await import("./dialog.js");
    openExport(state);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    showNotice({ kind: "error", text: `The export could not be opened (${why}).` });
  }
}
