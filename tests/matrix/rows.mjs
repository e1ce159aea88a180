// All rows, in the order in which they run.
import { bundlerRows } from "./rows/bundlers.mjs";
import { cloudflareRows } from "./rows/cloudflare.mjs";
import { esbuildRows } from "./rows/esbuild.mjs";
import { exampleRows } from "./rows/examples.mjs";
import { exportRows } from "./rows/exports.mjs";
import { manifestRows } from "./rows/manifest.mjs";
import { newcomerRows } from "./rows/newcomer.mjs";
import { nextRows } from "./rows/next.mjs";
import { nodeRows } from "./rows/node.mjs";
import { pageRows } from "./rows/page.mjs";
import { runnerRows } from "./rows/runners.mjs";
import { runtimeRows } from "./rows/runtimes.mjs";
import { typesRows } from "./rows/types.mjs";

export const rows = [
  ...manifestRows,
  ...typesRows,
  ...nodeRows,
  ...runtimeRows,
  ...esbuildRows,
  ...bundlerRows,
  ...runnerRows,
  ...pageRows,
  ...cloudflareRows,
  ...nextRows,
  ...exampleRows,
  ...exportRows,
  ...newcomerRows,
];
