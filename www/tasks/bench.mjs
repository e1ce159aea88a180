// Measures the package and the page as they ship. `npm --prefix www run bench -- --record` keeps the result.
import { join } from "node:path";
import { pack } from "./pack.mjs";
import { buildPage } from "./page.mjs";
import { root } from "./places.mjs";
import { run, task } from "./run.mjs";
import { setUp } from "./setup.mjs";

await task(async () => {
  await setUp();
  await pack();
  await buildPage();
  await run(process.execPath, [join(root, "tests", "bench", "bench.mjs"), ...process.argv.slice(2)]);
});
