// Uses the package in every place where people put it, and says what came of each: `npm --prefix www run matrix`.
// Words choose rows by their names (`-- jest bun`); `--all` adds the slow ones; `--strict` fails when one cannot run here.
import { runMatrix } from "../../tests/matrix/matrix.mjs";
import { pack } from "./pack.mjs";
import { pkg } from "./places.mjs";
import { Failure, say, task } from "./run.mjs";
import { setUp } from "./setup.mjs";

const known = ["--all", "--strict"];

/** Which rows some words of the command line mean. */
function wantedBy(words, all) {
  if (words.length > 0) return (row) => words.some((word) => row.name.includes(word));
  return (row) => all || !row.slow;
}

await task(async () => {
  const options = process.argv.slice(2).filter((word) => word.startsWith("--"));
  const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
  const unknown = options.filter((option) => !known.includes(option));
  if (unknown.length > 0) throw new Failure(`there is no ${unknown.join(", ")}; there are ${known.join(" and ")}`);
  await setUp();
  await pack();
  const wanted = wantedBy(words, options.includes("--all"));
  const { count } = await runMatrix(pkg, { wanted, strict: options.includes("--strict") });
  say(`✓ ${count}`);
});
