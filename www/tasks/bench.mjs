// Measures the package and the page as they ship: builds them, then runs tests/bench/bench.mjs, which says what its words
// are. `npm --prefix www run bench -- --record` keeps the result.
import { join } from "node:path";
import { pack } from "./pack.mjs";
import { buildPage } from "./page.mjs";
import { root } from "./places.mjs";
import { run, task } from "./run.mjs";
import { setUp } from "./setup.mjs";

await task(async () => {
  const words = process.argv.slice(2);
  await setUp();
  await pack();
  // The page matters only to the table of sizes.
  if (words.includes("sizes") || words.every((word) => word.startsWith("--"))) await buildPage();
  await run(process.execPath, [join(root, "tests", "bench", "bench.mjs"), ...words]);
});
