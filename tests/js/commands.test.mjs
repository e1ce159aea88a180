// The commands of README.md in a fresh clone, where nothing is built: they must get as far as building it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { test } from "node:test";
import { root } from "./package-under-test.mjs";

/** What a clone does not have. */
const built = new Set([".git", "pkg", "target", join("www", "dist"), join("www", "node_modules")]);

test("the test command starts without the package", () => {
  const folder = mkdtempSync(join(tmpdir(), "eventbridge-rules-clone-"));
  try {
    cpSync(root, folder, { recursive: true, filter: (path) => !built.has(relative(root, path)) });
    const { status, stderr } = spawnSync(process.execPath, [join(folder, "www", "tasks", "test.mjs"), "no such step"], { encoding: "utf8" });
    assert.match(stderr, /no step is called so; there are: cargo fmt, .*page in Chromium/);
    assert.equal(status, 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
