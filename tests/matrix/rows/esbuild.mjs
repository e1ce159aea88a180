// One file, as a Lambda gets it: made by esbuild, run from a folder in which there is nothing else.
import { join } from "node:path";
import { esbuild } from "../../../www/tasks/pack.mjs";
import { hear } from "../hear.mjs";
import { emptyFolder, removeFolder } from "../place.mjs";
import { program } from "../snippet.mjs";

const extensions = { esm: "mjs", cjs: "cjs" };

/** `options` are those of someone who wants it small and says for what, if none are given. */
const bundleRow = (format, name = "", options = { minify: true, platform: "node" }) => ({
  name: `esbuild ${format}${name}`,
  fast: true,
  files: { "use.mjs": program() },
  async run({ folder }) {
    const { build, version } = await esbuild();
    const empty = emptyFolder();
    const outfile = join(empty, `bundle.${extensions[format]}`);
    try {
      await build({ absWorkingDir: folder, entryPoints: ["use.mjs"], outfile, bundle: true, format, ...options, logLevel: "warning" });
      await hear(process.execPath, [outfile], empty);
    } finally {
      removeFolder(empty);
    }
    return { version };
  },
});

// With names as they are and for no platform: a name of ours must not be one of Node.
const plain = [", plain", {}];

export const esbuildRows = [bundleRow("esm"), bundleRow("cjs"), bundleRow("esm", ...plain), bundleRow("cjs", ...plain)];
