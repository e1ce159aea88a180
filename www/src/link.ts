/** The link of the page: in the address bar after each pause, and on the clipboard on demand. */

import { byId, byteCount } from "./dom.js";
import { showNotice } from "./notices.js";
import { LONGEST_ADDRESS, LONG_LINK, stateToHash } from "./share.js";
import type { State } from "./state.js";

export interface Link {
  /** Brings the link up to date; with `write`, the address bar too. */
  refresh(state: State, write: boolean): Promise<void>;
  copy(state: State, write: boolean): Promise<void>;
}

export function createLink(): Link {
  let link = "";
  let turn = 0;

  async function refresh(state: State, write: boolean): Promise<void> {
    const mine = ++turn;
    const hash = await stateToHash(state);
    if (mine !== turn) return;
    link = new URL(hash, location.href).href;
    byId("link-size").textContent = byteCount(link.length);
    byId("copy-link").classList.toggle("long", link.length > LONG_LINK);
    if (write) setAddress(link.length <= LONGEST_ADDRESS ? hash : "");
  }

  async function copy(state: State, write: boolean): Promise<void> {
    await refresh(state, write);
    const size = byteCount(link.length);
    try {
      await navigator.clipboard.writeText(link);
      const long = link.length > LONG_LINK ? " Mail and chat programs may cut a link of this length." : "";
      showNotice({ kind: "note", text: `Link copied (${size}). It holds everything on this page and goes through no server.${long}` });
    } catch {
      await refresh(state, true);
      showNotice({ kind: "error", text: "The browser does not let this page write to the clipboard. The link is in the address bar." });
    }
  }

  return { refresh, copy };
}

/** Empty: the clean address. */
export function setAddress(hash: string): void {
  history.replaceState(null, "", hash || location.pathname + location.search);
}
