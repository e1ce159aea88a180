// Pages without any bundler, in Chromium: a module script with an import map, and a web worker.
import { serveFolder } from "../../../www/tasks/serve.mjs";
import { hearPage } from "../hear.mjs";
import { program } from "../snippet.mjs";

const entry = "./node_modules/eventbridge-rules/index.mjs";
const importMap = JSON.stringify({ imports: { "eventbridge-rules": entry } });
/** A page whose head has these elements. */
export const page = (head) => `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>matrix</title>\n${head}\n`;

/** Opens a folder's index.html as a file server gives it. */
export async function hearFolder(folder) {
  const server = await serveFolder(folder, { port: 0 });
  try {
    return { version: await hearPage(server.url) };
  } finally {
    await server.close();
  }
}

const run = ({ folder }) => hearFolder(folder);

export const pageRows = [
  {
    name: "script type=module",
    fast: true,
    files: {
      "index.html": page(`<script type="importmap">${importMap}</script>\n<script type="module">${program()}</script>`),
    },
    run,
  },
  {
    name: "web worker",
    fast: true,
    files: {
      "index.html": page('<script type="module">new Worker("worker.mjs", { type: "module" }).onmessage = ({ data }) => console.log(data);</script>'),
      // Import maps are not for workers.
      "worker.mjs": program({ from: entry, ending: "postMessage(check());" }),
    },
    run,
  },
];
