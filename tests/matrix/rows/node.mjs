// Node itself, in each supported line, as ES module and as CommonJS; and in a worker thread.
import { join } from "node:path";
import { hear } from "../hear.mjs";
import { program } from "../snippet.mjs";
import { nodeLines, nodePackage } from "../versions.mjs";

/** The program of a line of Node that was installed into this folder. */
export const nodeOf = (tool) => join(tool, "node_modules", nodePackage, "bin", process.platform === "win32" ? "node.exe" : "node");

/** In a line of Node that is the running one there is nothing to install. */
const running = process.versions.node.split(".")[0];

const versionRow = (line, format) => ({
  name: `node ${line} ${format}`,
  fast: true,
  ...(line === running ? { version: process.versions.node } : { tool: `node-${line}` }),
  files: { [`use.${format === "esm" ? "mjs" : "cjs"}`]: program({ format }) },
  run: ({ folder, tool }) => hear(tool ? nodeOf(tool) : process.execPath, [format === "esm" ? "use.mjs" : "use.cjs"], folder),
});

const inThread = `
const worker = new Worker(new URL("thread.mjs", import.meta.url));
worker.once("message", (heard) => console.log(heard));
`;

const workerThread = {
  name: "worker thread",
  fast: true,
  version: `node ${process.versions.node}`,
  files: {
    "use.mjs": `import { Worker } from "node:worker_threads";\n${inThread}`,
    "thread.mjs": `import { parentPort } from "node:worker_threads";\n${program({ ending: "parentPort.postMessage(check());" })}`,
  },
  run: ({ folder }) => hear(process.execPath, ["use.mjs"], folder),
};

export const nodeRows = [...nodeLines.flatMap((line) => [versionRow(line, "esm"), versionRow(line, "cjs")]), workerThread];
