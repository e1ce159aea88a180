// After one visit the page works without a network, below any path; a new version takes over as a whole.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serveFolder } from "../../www/tasks/serve.mjs";
import { banner, openExample, openPage, paste, playground, settled, textOf } from "./playground.mjs";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "www", "dist");

let site;
let folder;
let server;
before(async () => void (site = await playground()));
after(() => site.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "offline-"));
  cpSync(dist, join(folder, "x", "y"), { recursive: true });
  server = await serveFolder(folder, { port: 0 });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const openBelow = (options) => openPage(site.browser, `${server.url}x/y/`, { serviceWorkers: "allow", ...options });
/** A worker has all files, and answers for the page. */
const ready = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  });
const ownCaches = (page) => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("eventbridge-rules /x/y/")));
/** Errors of a network that is not there are what these tests are about. */
const otherErrors = (page) => page.errors.filter((error) => !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(error));

test("without a network everything is there, also what was never opened", async () => {
  const page = await openBelow();
  await ready(page);
  await page.waitForFunction(() => /offline/.test(document.querySelector("#offline").textContent));
  await page.context().setOffline(true);
  await server.close();
  await page.reload();
  await page.waitForSelector(".banner-yes");
  await paste(page, "pattern-editor", '{ "source": ["nobody"] }');
  assert.equal(await banner(page), "no match");
  await openExample(page, "IP filter");
  assert.equal(await banner(page), "match");
  await page.click("#rule-add");
  await page.waitForSelector(".grid-here");
  await page.click("#keys");
  await page.waitForSelector("dialog[open]");
  assert.deepEqual(otherErrors(page), []);
  await page.context().close();
  server = await serveFolder(folder, { port: 0 });
});

test("a link opens without a network, and index.html is the page too", async () => {
  const page = await openBelow();
  await ready(page);
  await paste(page, "pattern-editor", '{ "source": ["mine"] }');
  await page.waitForFunction(() => location.hash.length > 10);
  const { hash } = new URL(page.url());
  await page.context().setOffline(true);
  for (const name of ["", "index.html", "?from=somewhere"]) {
    await page.goto("about:blank");
    await page.goto(`${server.url}x/y/${name}${hash}`);
    await page.waitForSelector(".banner-no");
    assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["mine"] }', name);
  }
  assert.deepEqual(otherErrors(page), []);
  await page.context().close();
});

/** Another version: the script and the style differ, and so their names, and the page's text that mentions them. */
function putNewVersion(to) {
  const files = readdirSync(to);
  const [, main] = /<script type="module" src="([^"]+)"/.exec(readFileSync(join(to, "index.html"), "utf8"));
  const style = files.find((name) => /^style-.*\.css$/.test(name));
  const names = { [main]: "main-NEWNEW22.js", [style]: "style-NEWNEW22.css" };
  const renamed = (text) => Object.entries(names).reduce((all, [from, name]) => all.replaceAll(from, name), text);
  writeFileSync(join(to, names[main]), `document.documentElement.dataset.script = "new";\n${readFileSync(join(to, main), "utf8")}`);
  writeFileSync(join(to, names[style]), `${readFileSync(join(to, style), "utf8")}\n:root { --version: new; }`);
  writeFileSync(join(to, "index.html"), renamed(readFileSync(join(to, "index.html"), "utf8")).replace("<html", '<html data-page="new"'));
  const worker = renamed(readFileSync(join(to, "sw.js"), "utf8"));
  writeFileSync(join(to, "sw.js"), worker.replace(/"[0-9A-F]{8}"/, '"22222222"'));
  rmSync(join(to, main));
  rmSync(join(to, style));
}

const versionOf = (page) =>
  page.evaluate(() => {
    const { page: html, script } = document.documentElement.dataset;
    return [html ?? "old", script ?? "old", getComputedStyle(document.documentElement).getPropertyValue("--version").trim() || "old"];
  });

/** `waitForFunction` for a question that takes a promise to answer: to that one, any promise is a yes. */
async function until(page, isSo, argument) {
  while (!(await page.evaluate(isSo, argument))) await page.waitForTimeout(50);
}

test("a new version is there at the next visit, as a whole, and then offline too", async () => {
  const page = await openBelow();
  await ready(page);
  assert.deepEqual(await versionOf(page), ["old", "old", "old"]);
  const [oldCache] = await ownCaches(page);
  putNewVersion(join(folder, "x", "y"));

  for (let visit = 0; visit < 3; visit++) {
    await page.reload();
    await page.waitForSelector(".banner-yes");
    assert.deepEqual(await versionOf(page), ["new", "new", "new"], `visit ${visit}: the newest, as a whole`);
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((registration) => registration.update()));
  }
  await until(page, async (before) => {
    const name = (await caches.keys()).find((each) => each.startsWith("eventbridge-rules /x/y/") && each !== before);
    return name && (await (await caches.open(name)).match("./"));
  }, oldCache);

  await page.context().setOffline(true);
  await page.reload();
  await page.waitForSelector(".banner-yes");
  assert.deepEqual(await versionOf(page), ["new", "new", "new"]);
  assert.deepEqual(otherErrors(page), []);

  // Nobody has a page of the old version any more: the new worker begins, and tidies up.
  const context = page.context();
  await context.setOffline(false);
  const outside = await context.newPage();
  await outside.goto(`${server.url}x/`);
  await context.setOffline(true);
  await page.close();
  await until(outside, async (before) => !(await caches.keys()).includes(before), oldCache);
  const later = await context.newPage();
  await later.goto(`${server.url}x/y/`);
  await later.waitForSelector(".banner-yes");
  assert.deepEqual(await versionOf(later), ["new", "new", "new"]);
  assert.deepEqual(await ownCaches(later), [oldCache.replace(/\w+$/, "22222222")]);
  await context.close();
});

test("a page that is open while the version changes keeps working with its own files", async () => {
  const page = await openBelow();
  await ready(page);
  putNewVersion(join(folder, "x", "y"));
  for (const name of readdirSync(join(folder, "x", "y"))) if (/^(examples|table|keys-dialog)-/.test(name)) rmSync(join(folder, "x", "y", name));
  await openExample(page, "IP filter");
  await page.click("#rule-add");
  await page.waitForSelector(".grid-here");
  await settled(page);
  assert.deepEqual(await versionOf(page), ["old", "old", "old"]);
  await page.done();
});

test("half a version is not taken: the old one stays", async () => {
  const page = await openBelow();
  await ready(page);
  const before = await ownCaches(page);
  const to = join(folder, "x", "y");
  putNewVersion(to);
  rmSync(join(to, "style-NEWNEW22.css"));
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => {});
    const worker = registration.installing;
    if (worker) await new Promise((done) => worker.addEventListener("statechange", () => worker.state === "redundant" && done()));
  });
  assert.deepEqual(await ownCaches(page), before);
  await page.context().setOffline(true);
  await page.reload();
  await page.waitForSelector(".banner-yes");
  assert.deepEqual(await versionOf(page), ["old", "old", "old"]);
  await page.context().close();
});

test("the worker leaves the rest of the server alone", async () => {
  const page = await openBelow();
  await ready(page);
  mkdirSync(join(folder, "x", "y", "other"));
  writeFileSync(join(folder, "x", "y", "other", "index.html"), "<!doctype html><title>another page</title>");
  writeFileSync(join(folder, "x", "y", "data.json"), '{"now": 1}');
  const now = () => page.evaluate(() => fetch("data.json").then((response) => response.text()));
  assert.equal(await now(), '{"now": 1}');
  writeFileSync(join(folder, "x", "y", "data.json"), '{"now": 2}');
  assert.equal(await now(), '{"now": 2}');
  await page.goto(`${server.url}x/y/other/`);
  assert.equal(await page.title(), "another page");
  await page.context().close();
});
