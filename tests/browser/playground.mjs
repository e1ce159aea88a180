// What the tests of the page share: a page that reports every error it makes, and hands for its editors.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { axePath, launch, serve } from "./browser.mjs";

/** Starts one browser and one server for a test file; `t` is the file's `before`/`after`. */
export async function playground() {
  const [{ browser }, server] = await Promise.all([launch(), serve()]);
  return {
    browser,
    url: server.url,
    open: (options) => openPage(browser, server.url, options),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

export const wide = { width: 1280, height: 800 };
export const narrow = { width: 390, height: 844 };

/**
 * A page in a context of its own. `page.errors` holds what must never happen: console errors, exceptions, violations of
 * the Content-Security-Policy, requests to anywhere else. `done()` asserts that there were none. The service worker is
 * for the tests that are about it: in all others it would only load everything once more.
 */
export async function openPage(browser, url, { hash = "", viewport = wide, colorScheme = "light", ready = true, permissions = [], serviceWorkers = "block", prepare = async () => {}, ...more } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, permissions, serviceWorkers, ...more });
  const page = await context.newPage();
  // While two cores had ten things to do, a step once took more than 15 s.
  page.setDefaultTimeout(45_000);
  const errors = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.stack ?? String(error)));
  page.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(new URL(url).origin) && !address.startsWith("data:")) errors.push(`request to ${address}`);
  });
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await prepare(page);
  await page.goto(url + hash);
  if (ready) await page.waitForSelector(".banner-yes, .banner-no, .banner-stale");
  return Object.assign(page, {
    errors,
    done: async () => {
      assert.deepEqual(errors, []);
      await context.close();
    },
  });
}

const axe = readFileSync(axePath, "utf8");

/** What axe finds wrong with the page as it stands. */
export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`));
}

export const editor = (page, id) => page.locator(`#${id} .cm-content`);

/** Replaces the text of an editor, and waits for the answer. */
export async function paste(page, id, text) {
  await editor(page, id).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
  await settled(page);
}

/** The same through the clipboard: the way of large texts, which no keyboard types. */
export async function pasteLarge(page, id, text) {
  await page.evaluate(
    ([host, pasted]) => {
      const content = document.querySelector(`#${host} .cm-content`);
      content.focus();
      document.execCommand("selectAll");
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    [id, text],
  );
  await settled(page);
}

/** Waits for the answer to the last key: the page is busy from the change on. */
export async function settled(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  await page.waitForSelector("main:not([aria-busy])");
}

/** The whole text of an editor, also of the lines that are not drawn. */
export async function textOf(page, id) {
  return page.evaluate((host) => {
    const lines = [...document.querySelectorAll(`#${host} .cm-line`)];
    return lines.map((line) => line.textContent).join("\n");
  }, id);
}

export const banner = (page) => page.locator(".banner-word").innerText().then((words) => words.toLowerCase());

/** `["match", "no match", …]`, as the list of events says it. */
export const verdicts = (page) => page.$$eval(".event-verdict", (all) => all.map((each) => each.firstChild.textContent));

/** The titles in the menu of examples. */
export async function exampleTitles(page) {
  await page.click("#examples-button");
  await page.waitForFunction(() => document.activeElement.matches("#examples .menu-item"));
  const titles = await page.locator("#examples .menu-item strong", { hasNotText: /^Empty page$/ }).allInnerTexts();
  await page.keyboard.press("Escape");
  return titles;
}

export async function openExample(page, title) {
  await page.click("#examples-button");
  await page.locator("#examples .menu-item", { has: page.getByText(title, { exact: true }) }).click();
  await settled(page);
}

export async function selectEvent(page, name) {
  await page.locator("#event-list .event-row", { hasText: name }).click();
  await settled(page);
}
