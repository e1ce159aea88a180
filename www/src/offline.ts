/** Keeps the page for visits without a network, where the browser can: not from `file:`, not from an insecure address. */

import { byId } from "./dom.js";

/** For after the first verdict: what is kept is fetched a second time. */
export function keepForOffline(): void {
  if (!("serviceWorker" in navigator) || !location.protocol.startsWith("http")) return;
  navigator.serviceWorker.register("sw.js").catch(() => {
    // Forbidden or not served: then the page needs its server, as any other.
  });
  void navigator.serviceWorker.ready.then(() => {
    byId("offline").textContent = "It works offline too.";
  });
}
