// Bundlers of pages, with their defaults; what they make is opened in Chromium.
import { join } from "node:path";
import { finishScript, hearPage, serving } from "../hear.mjs";
import { commandOf } from "../place.mjs";
import { program } from "../snippet.mjs";
import { hearFolder, page } from "./page.mjs";

const vite = { tool: "vite", files: { "index.html": page('<script type="module" src="/main.js"></script>'), "main.js": program() } };

const viteBuild = {
  ...vite,
  name: "vite build",
  async run({ folder, tool }) {
    await finishScript(commandOf(tool, "vite"), ["build"], folder);
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
    return hearFolder(join(folder, "dist"));
  },
});

export const bundlerRows = [viteBuild, viteDev, packRow("webpack", "webpack-cli", "webpack-cli"), packRow("rspack", "@rspack/cli", "rspack")];
