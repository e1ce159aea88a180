// The README does not lie: each of its marked snippets runs in a folder where the package is installed, and prints
// what the comments below its `console.log`s say.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pkg, root } from "./package-under-test.mjs";

const readme = readFileSync(join(root, "README.md"), "utf8");
const snippets = [...readme.matchAll(/^<!-- example: ([\w-]+) -->\n```js\n([^]*?)^```$/gm)].map(([, name, code]) => ({ name, code }));

let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "eventbridge-rules-readme-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(pkg, join(folder, "node_modules", "eventbridge-rules"), "junction");
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** What a snippet prints, line by line. */
function outputOf({ name, code }) {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  const output = execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8", env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" } });
  return output.split("\n").slice(0, -1);
}

/**
 * What it says that it prints: the comment lines right below each statement `console.log(…);`, which may run over
 * several lines, until its closing line at the same indentation.
 */
function promiseOf(code) {
  const promised = [];
  const lines = code.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const indent = /^( *)(?:if .*|for .*)?console\.log\(/.exec(lines[at])?.[1];
    if (indent === undefined) continue;
    while (at < lines.length && !/;(?:\s*\/\/.*)?$/.test(lines[at])) at++;
    const said = [];
    for (; lines[at + 1]?.startsWith(`${indent}//`); at++) said.push(lines[at + 1].slice(indent.length + 2).replace(/^ /, ""));
    assert.ok(said.length > 0, `nothing is said about what this prints: ${lines[at]}`);
    promised.push(...said);
  }
  return promised;
}

describe("README", () => {
  test("every JavaScript snippet is an example with a name of its own", () => {
    assert.equal(snippets.length, readme.match(/^```js$/gm).length);
    assert.equal(new Set(snippets.map(({ name }) => name)).size, snippets.length);
    assert.ok(snippets.some(({ name }) => name === "why-not"));
  });

  for (const snippet of snippets) {
    test(`example ${snippet.name} prints what it says`, () => {
      const promised = promiseOf(snippet.code);
      assert.ok(promised.length > 0, "it says something");
      assert.deepEqual(outputOf(snippet), promised);
    });
  }
});
