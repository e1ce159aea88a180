// The engine that the page ships, asked in the page's own browser about every fact there is.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serveFolder } from "../../www/tasks/serve.mjs";
import { openPage, playground } from "./playground.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const conformance = join(process.env.EVENTBRIDGE_RULES_SHARED ?? join(root, "..", "shared"), "conformance");

let site;
let folder;
let server;
before(async () => {
  site = await playground();
  folder = mkdtempSync(join(tmpdir(), "selftest-"));
  cpSync(join(root, "www", "dist"), folder, { recursive: true });
  if (existsSync(conformance)) cpSync(conformance, join(folder, "conformance"), { recursive: true });
  server = await serveFolder(folder, { port: 0 });
});
after(async () => {
  await site.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Runs the self-test; resolves to its verdict and to the rows of its table: file, asked, about something else, differences. */
async function selftest(query) {
  const page = await openPage(site.browser, server.url, { hash: `selftest.html${query}`, ready: false });
  await page.waitForSelector("#summary[data-done]", { timeout: 240_000 });
  const rows = await page.$$eval("#results tr", (all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  const differences = await page.locator("#differences li").allInnerTexts();
  const summary = await page.locator("#summary").innerText();
  return { page, summary, differences, rows: rows.map(([file, ...numbers]) => [file, ...numbers.map(Number)]) };
}

test("the project's own cases, which are served with the page", async () => {
  const { page, summary, differences, rows } = await selftest("");
  assert.deepEqual(differences, []);
  assert.equal(summary, "No differences.");
  const cases = join(root, "tests", "cases", "match");
  const all = readdirSync(cases).flatMap((name) => JSON.parse(readFileSync(join(cases, name), "utf8"))).filter(({ matches }) => matches !== undefined);
  assert.deepEqual(rows, [["facts.json", all.length, 0, 0]]);
  await page.done();
});

/** How many facts of a file the page must have asked about; the rest is of other kinds (transformer, complexity, errors of AWS). */
const asked = { "ruler_unit.jsonl": 14_329, "random_dev.jsonl": 20_000, "random_multi_dev.jsonl": 300, "invalid_dev.jsonl": 1_500, "event_errors_dev.jsonl": 299, "aws_validated.jsonl": 100, "quirks.jsonl": 100 };

test("the conformance corpus", { skip: !existsSync(conformance) }, async (t) => {
  const { page, summary, differences, rows } = await selftest(`?${Object.keys(asked).map((name) => `facts=conformance/${name}`).join("&")}`);
  assert.deepEqual(differences, []);
  assert.equal(summary, "No differences.");
  assert.deepEqual(rows.map(([file]) => file), Object.keys(asked).map((name) => `conformance/${name}`));
  for (const [file, facts, , different] of rows) {
    t.diagnostic(`${file}: ${facts} facts`);
    assert.equal(different, 0, file);
    assert.ok(facts >= asked[file.replace("conformance/", "")], `${file}: ${facts}`);
  }
  await page.done();
});

test("a wrong fact is a difference, and files of other servers are not read", async () => {
  writeFileSync(join(folder, "wrong.json"), JSON.stringify([{ name: "a lie", pattern: '{"a":[1]}', event: '{"a":1}', matches: false }, { name: "true", pattern: '{"a":[1]}', event: '{"a":1}', matches: true }]));
  const { page, summary, differences, rows } = await selftest("?facts=wrong.json");
  assert.equal(summary, "1 difference.");
  assert.deepEqual(differences, ["a lie: true, true, true, not false"]);
  assert.deepEqual(rows, [["wrong.json", 2, 0, 1]]);
  await page.done();
  const far = await selftest("?facts=https://example.com/facts.json");
  assert.match(far.summary, /not on this server/);
  await far.page.done();
});
