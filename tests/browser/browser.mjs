// A real browser for the tests of the page: `launch()` starts Chromium, `serve()` serves the built page.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serveFolder } from "../../www/tasks/serve.mjs";

const www = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "www");
const require = createRequire(join(www, "package.json"));
const { chromium } = require("playwright-core");

/** The path of axe-core's script, for `page.addScriptTag({ path: axePath })`. */
export const axePath = require.resolve("axe-core/axe.min.js");

const systemPaths = {
  linux: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/snap/bin/chromium"],
  darwin: ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-gpu"];

/**
 * Where a browser may be, best first: `$CHROMIUM`, the usual places, Playwright's own download, Chrome, Edge. The
 * entries are options of Playwright's `launch`.
 */
export function candidates() {
  if (process.env.CHROMIUM) return [{ executablePath: process.env.CHROMIUM }];
  const found = (systemPaths[process.platform] ?? []).filter((path) => existsSync(path));
  return [...found.map((executablePath) => ({ executablePath })), {}, { channel: "chrome" }, { channel: "msedge" }];
}

/** Starts the first browser that can be started. Close it with `browser.close()`. */
export async function launch() {
  const args = process.getuid?.() === 0 ? ["--no-sandbox", ...quiet] : quiet;
  const reasons = [];
  for (const candidate of candidates()) {
    try {
      return { browser: await chromium.launch({ ...candidate, args }) };
    } catch (error) {
      reasons.push(`${candidate.executablePath ?? candidate.channel ?? "Playwright's own"}: ${String(error.message).split("\n")[0]}`);
    }
  }
  throw new Error(
    `no Chromium could be started; install one (Debian: apt-get install chromium), set CHROMIUM to its path, or run\n` +
      `    npm --prefix www exec playwright-core install chromium-headless-shell\n  ${reasons.join("\n  ")}`,
  );
}

/** Serves `www/dist` on any free port. Resolves to `{ url, close }`. */
export function serve() {
  return serveFolder(join(www, "dist"), { port: 0 });
}
