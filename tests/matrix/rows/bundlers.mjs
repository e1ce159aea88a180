// Bundlers of pages, with their defaults; what they make is opened in Chromium.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../../www/tasks/run.mjs";
import { finishScript, hearPage, serving } from "../hear.mjs";
import { commandOf } from "../place.mjs";
import { program } from "../snippet.mjs";
import { hearFolder, page } from "./page.mjs";

const vite = { tool: "vite", files: { "index.html": page('<script type="module" src="/main.js"></script>'), "main.js": program() } };

/** The module for authors is a quarter of a megabyte as text, and bundlers must not copy it. */
function carriesModuleOnce(project, bundled) {
  const [, text] = /"([^"]+)"/.exec(readFileSync(join(project, "node_modules", "eventbridge-rules", "authoring.mjs"), "utf8"));
  const part = text.slice(text.length / 2, text.length / 2 + 80);
  const scripts = readdirSync(bundled, { recursive: true }).filter((name) => name.endsWith(".js"));
  const times = scripts.reduce((sum, name) => sum + readFileSync(join(bundled, name), "utf8").split(part).length - 1, 0);
  if (times !== 1) throw new Failure(`the bundle has the module for authors ${times} times`);
}

const viteBuild = {
  ...vite,
  name: "vite build",
  async run({ folder, tool }) {
    await finishScript(commandOf(tool, "vite"), ["build"], folder);
    carriesModuleOnce(folder, join(folder, "dist"));
    return hearFolder(join(folder, "dist"));
  },
};

const viteDev = {
  ...vite,
  name: "vite dev",
  async run({ folder, tool }) {
    const server = await serving(process.execPath, [commandOf(tool, "vite"), "--host", "127.0.0.1", "--port", "0"], folder);
    try {
      return { version: await hearPage(server.url) };
    } finally {
      await server.close();
    }
  },
};

/** webpack and rspack have the same words. */
const packRow = (name, cli, command) => ({
  name,
  tool: name,
  files: { "dist/index.html": page('<script defer src="main.js"></script>'), "src/index.js": program() },
  async run({ folder, tool }) {
    await finishScript(commandOf(tool, cli, command), ["build", "--mode", "production"], folder);
    carriesModuleOnce(folder, join(folder, "dist"));
    return hearFolder(join(folder, "dist"));
  },
});

export const bundlerRows = [viteBuild, viteDev, packRow("webpack", "webpack-cli", "webpack-cli"), packRow("rspack", "@rspack/cli", "rspack")];
