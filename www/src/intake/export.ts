/** The events as a file. */

import { el } from "../dom.js";
import type { State } from "../state.js";
import { toJsonLines } from "./jsonl.js";

export function download(state: State): void {
  const address = URL.createObjectURL(new Blob([toJsonLines(state)], { type: "application/x-ndjson" }));
  el("a", { href: address, download: "events.jsonl" }).click();
  // The browser reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
