// The other runtimes of servers: Bun and Deno.
import { join } from "node:path";
import { hear } from "../hear.mjs";
import { commandOf } from "../place.mjs";
import { program } from "../snippet.mjs";
import { bunPackage } from "../versions.mjs";

const bunOf = (tool) => join(tool, "node_modules", bunPackage, "bin", process.platform === "win32" ? "bun.exe" : "bun");

const bunRow = (name, file, format) => ({
  name,
  fast: true,
  tool: "bun",
  files: { [file]: program({ format }) },
  run: ({ folder, tool }) => hear(bunOf(tool), [file], folder),
});

/** The package needs no permission. */
const deno = {
  name: "deno",
  fast: true,
  tool: "deno",
  files: { "use.mjs": program() },
  run({ folder, tool }) {
    const quiet = { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: join(tool, "deno-dir") };
    return hear(process.execPath, [commandOf(tool, "deno"), "run", "--no-prompt", "--no-remote", "use.mjs"], folder, quiet);
  },
};

export const runtimeRows = [bunRow("bun esm", "use.mjs", "esm"), bunRow("bun cjs", "use.cjs", "cjs"), deno];
