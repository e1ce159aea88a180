/** The link of the page: in the address bar after each pause, and on the clipboard on demand. */

import { byId, byteCount } from "./dom.js";
import { showNotice } from "./notices.js";
import { LONGEST_ADDRESS, LONG_LINK, stateToHash } from "./share.js";
import type { State } from "./state.js";

export interface Link {
  /** Brings the link up to date; with `write`, the address bar too. Says whether it fits there. */
  refresh(state: State, write: boolean): Promise<boolean>;
  copy(state: State, write: boolean): Promise<void>;
}

export function createLink(): Link {
  let link = "";
  let turn = 0;

  async function refresh(state: State, write: boolean): Promise<boolean> {
    const mine = ++turn;
    const hash = await stateToHash(state);
    const made = hash && new URL(hash, location.href).href;
    const fits = hash !== "" && made.length <= LONGEST_ADDRESS;
    if (mine !== turn) return fits;
    link = made;
    byId("link-size").textContent = hash ? byteCount(link.length) : "too large";
    byId("copy-link").classList.toggle("long", !hash || link.length > LONG_LINK);
    if (write && location.hash === known) setAddress(fits ? hash : "");
    return fits;
  }

  async function copy(state: State, write: boolean): Promise<void> {
    const fits = await refresh(state, write);
    if (!link) return showNotice({ kind: "error", text: `No link can hold this page. ${EXPORT}` });
    const size = byteCount(link.length);
    try {
      await navigator.clipboard.writeText(link);
      const long = link.length > LONG_LINK ? " Mail and chat programs may cut a link of this length." : "";
      showNotice({ kind: "note", text: `Link copied (${size}). It holds everything on this page and goes through no server.${long}` });
    } catch {
      await refresh(state, true);
      showNotice({ kind: "error", text: `The browser does not let this page write to the clipboard. ${fits ? "The link is in the address bar." : EXPORT}` });
    }
  }

  return { refresh, copy };
}

const EXPORT = "“Export .jsonl” in the menu of events keeps the events as a file.";

/** Says where the user's own work is kept; if nowhere, the browser asks before the page goes. */
export function tellKept(isOwn: boolean, isKept: boolean, isInAddress: boolean): void {
  const isLost = isOwn && !isKept && !isInAddress;
  (isLost ? addEventListener : removeEventListener)("beforeunload", ask);
  const elsewhere = isLost ? `too large for the link: it ends with this page. ${EXPORT}` : "the link holds it.";
  byId("kept").textContent = isKept ? "Your work is kept in this browser." : isOwn ? `This browser does not keep your work; ${elsewhere}` : "";
}

function ask(event: Event): void {
  event.preventDefault();
}

/** As the page wrote it or read it last. Another one has just been opened, and must be read before anything is written over it. */
let known = location.hash;

/** Empty: the clean address. */
export function setAddress(hash: string): void {
  history.replaceState(null, "", hash || location.pathname + location.search);
  known = location.hash;
}

/** The page has read this address. */
export function hasRead(hash: string): void {
  known = hash;
}
