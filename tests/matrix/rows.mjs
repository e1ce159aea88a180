// All rows, in the order in which they run.
import { bundlerRows } from "./rows/bundlers.mjs";
import { esbuildRows } from "./rows/esbuild.mjs";
import { nodeRows } from "./rows/node.mjs";
import { pageRows } from "./rows/page.mjs";
import { runnerRows } from "./rows/runners.mjs";
import { runtimeRows } from "./rows/runtimes.mjs";

export const rows = [...nodeRows, ...esbuildRows, ...runtimeRows, ...runnerRows, ...pageRows, ...bundlerRows];
