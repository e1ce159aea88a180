// A Cloudflare Worker, as `wrangler dev` bundles it and runs it: in workerd, by miniflare.
import { join } from "node:path";
import { hearAnswer, serving } from "../hear.mjs";
import { commandOf, toolFolder } from "../place.mjs";
import { program } from "../snippet.mjs";
import { nodeOf } from "./node.mjs";

/** wrangler needs Node 22, and would otherwise ask for updates and tell how it is used. */
export async function servingWorker(tool, folder) {
  const node = nodeOf(await toolFolder("node-24"));
  const args = [commandOf(tool, "wrangler"), "dev", "--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0"];
  return serving(node, args, folder, {
    CI: "1",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    WRANGLER_HIDE_BANNER: "true",
    WRANGLER_SEND_METRICS: "false",
    XDG_CONFIG_HOME: join(folder, "config"),
  });
}

const workerd = {
  name: "workerd (wrangler)",
  tool: "wrangler",
  files: {
    "wrangler.jsonc": { name: "matrix", main: "worker.mjs", compatibility_date: "2026-06-01" },
    "worker.mjs": program({ ending: "export default { fetch: () => new Response(check()) };" }),
  },
  async run({ folder, tool }) {
    const server = await servingWorker(tool, folder);
    try {
      await hearAnswer(server.url);
    } finally {
      await server.close();
    }
  },
};

export const cloudflareRows = [workerd];
