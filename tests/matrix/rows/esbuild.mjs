// One file, as a Lambda gets it: made by esbuild, run from a folder in which there is nothing else.
import { join } from "node:path";
import { esbuild } from "../../../www/tasks/pack.mjs";
import { hear } from "../hear.mjs";
import { emptyFolder, removeFolder } from "../place.mjs";
import { program } from "../snippet.mjs";

const extensions = { esm: "mjs", cjs: "cjs" };

const bundleRow = (format) => ({
  name: `esbuild ${format}`,
  fast: true,
  files: { "use.mjs": program() },
  async run({ folder }) {
    const { build, version } = await esbuild();
    const empty = emptyFolder();
    const outfile = join(empty, `bundle.${extensions[format]}`);
    try {
      await build({ absWorkingDir: folder, entryPoints: ["use.mjs"], outfile, bundle: true, minify: true, platform: "node", format, logLevel: "warning" });
      await hear(process.execPath, [outfile], empty);
    } finally {
      removeFolder(empty);
    }
    return { version };
  },
});

export const esbuildRows = [bundleRow("esm"), bundleRow("cjs")];
