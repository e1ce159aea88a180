// Measures the built package next to its peers. Run by `npm --prefix www run bench`, which builds it first.
//
//     npm --prefix www run bench                          everything, about 5 minutes
//     npm --prefix www run bench -- citylots growth       these parts only
//     npm --prefix www run bench -- citylots --full       also counts the matches of all 213,068 city lots
//     npm --prefix www run bench -- --instructions        instructions instead of times (needs valgrind)
//     npm --prefix www run bench -- --quick               fewer rounds
//     npm --prefix www run bench -- --record              adds what was measured to record.md
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { pace } from "./race.mjs";
import { chosenParts } from "./parts/all.mjs";
import { root } from "./workload.mjs";

function title(words) {
  const { version } = JSON.parse(readFileSync(join(root, "pkg", "package.json"), "utf8"));
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}`;
  const command = `npm --prefix www run bench${words.length ? ` -- ${words.join(" ")}` : ""}`;
  return `## ${new Date().toISOString().slice(0, 10)}, version ${version}${commit()}, Node ${process.versions.node}, ${machine}\n\n\`${command}\``;
}

/** Which state of the source it is, where git can say so. */
function commit() {
  try {
    const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    return ` (${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain", "--", "src", "Cargo.toml") ? ", changed" : ""})`;
  } catch {
    return "";
  }
}

function record(text) {
  const path = join(root, "tests", "bench", "record.md");
  const opening = existsSync(path) ? "" : "# Measurements\n\nWritten by `npm --prefix www run bench -- --record`. The machines were shared: trust the ratios within a table, not the figures.\n";
  appendFileSync(path, `${opening}\n${text}\n`);
  console.log("added to tests/bench/record.md");
}

async function main(words) {
  const options = words.filter((word) => word.startsWith("--")).map((word) => word.slice(2));
  const parts = chosenParts(words.filter((word) => !word.startsWith("--")), options);
  if (options.includes("quick")) Object.assign(pace, { rounds: 5, warmUps: 1, milliseconds: 25 });
  const texts = [title(words.filter((word) => word !== "--record"))];
  console.log(`\n${texts[0]}\n`);
  for (const { run } of parts) {
    texts.push(await run({ full: options.includes("full") }));
    console.log(`${texts.at(-1)}\n`);
  }
  if (options.includes("record")) record(texts.join("\n\n"));
}

await main(process.argv.slice(2));
