// Runs everything, one step after the other. A failed step does not stop the later ones that can still run; a step that
// ran no test at all has failed. `npm --prefix www test -- page` runs the steps whose name contains "page"; with
// `--strict` a row of the matrix that cannot run here has failed as well.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { runMatrix } from "../../tests/matrix/matrix.mjs";
import { carrierCrate, carrierForms } from "./carriers.mjs";
import { pack } from "./pack.mjs";
import { buildPage } from "./page.mjs";
import { pkg, root, wasmTarget, www } from "./places.mjs";
import { Failure, run, say, task } from "./run.mjs";
import { setUp } from "./setup.mjs";

const cargo = (args, options) => run("cargo", args, { cwd: root, ...options });
const tsc = (project) => run(process.execPath, [join(www, "node_modules", "typescript", "bin", "tsc"), "-p", project]);
const nothing = { count: "" };
const strict = process.argv.includes("--strict");

const steps = [
  {
    name: "cargo fmt",
    async run() {
      for (const crate of [root, carrierCrate]) await cargo(["fmt", "--check", "--manifest-path", join(crate, "Cargo.toml")]);
      return nothing;
    },
  },
  {
    name: "cargo clippy",
    async run() {
      await cargo(["clippy", "--all-targets", "--", "-D", "warnings"]);
      return nothing;
    },
  },
  {
    name: "cargo clippy wasm",
    async run() {
      const clippy = (args, env = {}) => cargo(["clippy", "--lib", "--target", wasmTarget, ...args, "--", "-D", "warnings"], { env: { ...process.env, ...env } });
      for (const features of [[], ["--no-default-features"], ["--features", "npm"]]) await clippy(features);
      for (const { args, env } of carrierForms) await clippy(args, env);
      return nothing;
    },
  },
  {
    // As on processors for which there is no version of src/json/simd.rs. Other flags, so a folder of its own.
    name: "cargo check, no SIMD",
    async run() {
      const env = { ...process.env, RUSTFLAGS: "-C target-feature=-simd128", CARGO_TARGET_DIR: join(root, "target", "no-simd") };
      await cargo(["check", "--lib", "--target", wasmTarget], { env });
      return nothing;
    },
  },
  { name: "cargo test", run: async () => counted(cargoTests((await cargo(["test"], { check: false })))) },
  {
    name: "pack",
    needed: true,
    async run() {
      await pack();
      return nothing;
    },
  },
  {
    name: "tsc types",
    async run() {
      await tsc(join(www, "tsconfig.types-test.json"));
      return nothing;
    },
  },
  { name: "package in Node", run: () => nodeTests("tests/js") },
  { name: "matrix", run: () => runMatrix(pkg, { wanted: (row) => row.fast, strict }) },
  {
    name: "tsc page",
    async run() {
      await tsc(join(www, "tsconfig.json"));
      await tsc(join(www, "tsconfig.worker.json"));
      return nothing;
    },
  },
  {
    name: "page",
    async run() {
      await buildPage();
      return nothing;
    },
  },
  { name: "exports", run: () => nodeTests("tests/exports", strict ? { STRICT: "1" } : {}) },
  { name: "page in Chromium", run: () => nodeTests("tests/browser") },
];

/** `test result: ok. 12 passed; 0 failed; …`, once per test binary. */
function cargoTests({ output, code }) {
  const result = { code, passed: 0, failed: 0 };
  for (const [, passed, failed] of output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed/gm)) {
    result.passed += Number(passed);
    result.failed += Number(failed);
  }
  return result;
}

/** Node's own runner over the test files of a folder. */
async function nodeTests(folder, more = {}) {
  const path = join(root, folder);
  const files = readdirSync(path).filter((name) => name.endsWith(".test.mjs")).sort();
  if (files.length === 0) throw new Failure(`${folder} has no *.test.mjs`);
  const args = ["--expose-gc", "--test", "--test-timeout=300000", "--test-reporter=spec", ...files.map((name) => join(path, name))];
  const { output, code } = await run(process.execPath, args, { cwd: root, check: false, env: { ...process.env, ...more } });
  const number = (word) => Number(new RegExp(`^ℹ ${word} (\\d+)$`, "m").exec(output)?.[1] ?? 0);
  return counted({ code, passed: number("pass"), failed: number("fail") + number("cancelled"), skipped: number("skipped") });
}

function counted({ code, passed, failed, skipped = 0 }) {
  const count = `${passed} passed${failed ? `, ${failed} failed` : ""}${skipped ? `, ${skipped} skipped` : ""}`;
  if (failed > 0) throw new Failure(count);
  if (code !== 0) throw new Failure(`${count}, but ended with code ${code}`);
  if (passed === 0) throw new Failure("no test ran");
  return { count };
}

await task(async () => {
  const wanted = process.argv.slice(2).filter((word) => word !== "--strict");
  const chosen = wanted.length === 0 ? steps : steps.filter((step) => wanted.some((word) => step.name.includes(word)));
  if (chosen.length === 0) throw new Failure(`no step is called so; there are: ${steps.map((step) => step.name).join(", ")}`);
  await setUp({ components: [["rustfmt", "fmt"], ["clippy", "clippy"]] });
  const results = [];
  for (const step of chosen) {
    say(`\n━━ ${step.name}`);
    const started = Date.now();
    const result = await step.run().then(
      ({ count }) => ({ ok: true, count }),
      (error) => {
        say(`✗ ${step.name}: ${error instanceof Failure ? error.message : error.stack}`);
        return { ok: false, count: error instanceof Failure ? error.message.split("\n")[0].slice(0, 100) : String(error) };
      },
    );
    results.push({ name: step.name, seconds: (Date.now() - started) / 1000, ...result });
    if (!result.ok && step.needed) break;
  }
  say("\n━━ Summary");
  for (const { ok, name, seconds, count } of results) say(`${ok ? "✓" : "✗"} ${name.padEnd(20)} ${seconds.toFixed(1).padStart(7)} s  ${count}`);
  const failed = results.filter(({ ok }) => !ok).length;
  const left = chosen.length - results.length;
  if (failed > 0) throw new Failure(`${failed} of ${chosen.length} steps failed${left ? `, ${left} could not run` : ""}`);
  say(`✓ all ${results.length} steps passed`);
});
