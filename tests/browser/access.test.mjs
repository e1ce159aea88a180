// Everyone: keyboard alone, screen readers (axe), phones, themes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { banner, narrow, openExample, paste, playground, selectEvent, settled, textOf, violations, wide } from "./playground.mjs";

let site;
before(async () => void (site = await playground()));
after(() => site.close());

/** The states in which the page looks most different are tried in every width and scheme, the others in one of each. */
const everywhere = ["match", "several rules, missed expectation", "no match, with hints and warnings", "invalid pattern", "lost payload"];

const states = {
  match: async () => {},
  "no match": (page) => selectEvent(page, "tiny icon"),
  "no match, with hints and warnings": async (page) => {
    await paste(page, "pattern-editor", '{\n  "details": { "State": ["x"] },\n  "detail": { "object": { "Key": ["a"], "size": ["5"] } }\n}');
    await page.locator("#pattern-problems summary").first().click();
  },
  "missed expectation": async (page) => {
    await page.locator("#event-list .expect").nth(1).selectOption("match");
    await settled(page);
  },
  "several rules, missed expectation": async (page) => {
    await openExample(page, "One bus, three rules");
    await page.waitForSelector(".grid-here");
    await page.locator("#event-expected .expect").selectOption("no-match");
    await paste(page, "pattern-editor", '{ "source": "com.example.shop" }');
  },
  "several rules, table hidden": async (page) => {
    await openExample(page, "One bus, three rules");
    await page.click("#table-toggle");
  },
  "many rules": async (page) => {
    for (let rule = 0; rule < 8; rule++) await page.click("#rule-duplicate");
    await page.waitForSelector(".grid.dense .grid-here");
    await page.locator("#event-expected .expect").selectOption("no-match");
    await settled(page);
  },
  keys: async (page) => {
    await page.click("#keys");
    await page.waitForSelector("dialog[open]");
  },
  "lit variable": async (page) => {
    await page.focus("[aria-label='Path 2']");
    await page.waitForSelector(".lit-row");
  },
  cleared: (page) => page.click("#clear"),
  "invalid pattern": (page) => paste(page, "pattern-editor", '{\n  "source": "aws.s3",\n  "detail": {}\n}'),
  "invalid event": (page) => paste(page, "event-editor", '{ "source": nope }'),
  "lost payload": async (page) => {
    await openExample(page, "Input transformer");
    await selectEvent(page, "list of labels");
  },
  "or, open menu": async (page) => {
    await openExample(page, "Orders, with $or");
    await page.click("#examples-button");
    await page.waitForSelector("#examples .menu-item");
  },
  "invalid target": async (page) => {
    await page.fill("[aria-label='Path 3']", "nope");
    await page.locator("summary", { hasText: "Reserved variables" }).click();
    await settled(page);
  },
};

describe("axe finds nothing", () => {
  for (const [size, viewport] of Object.entries({ wide, narrow })) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${size}, ${colorScheme}`, async () => {
        const all = (size === "wide") === (colorScheme === "light");
        for (const [name, reach] of Object.entries(states)) {
          if (!all && !everywhere.includes(name)) continue;
          const page = await site.open({ viewport, colorScheme, reducedMotion: "reduce" });
          await reach(page);
          assert.deepEqual(await violations(page), [], name);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: no horizontal scrolling`);
          await page.done();
        }
      });
    }
  }
});

describe("keyboard alone", () => {
  test("the skip link is first and leads to the pattern", async () => {
    const page = await site.open();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.id), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "Event pattern, JSON");
    await page.done();
  });

  test("Tab reaches everything once, in the order of the panes, and is trapped nowhere", async () => {
    const page = await site.open();
    const stops = [];
    for (let step = 0; step < 60; step++) {
      await page.keyboard.press("Tab");
      const stop = await focused(page);
      if (stop === "") break;
      stops.push(stop);
    }
    const order = ["Skip to the pattern", "Examples", "Copy link", "Clear everything", "Keys", "Dark theme", "Add event", "What is expected of tiny icon", "Selected event, JSON", "Name of this rule", "Event pattern, JSON", "source", "Variable 1", "InputTemplate", "Delivered payload, read only"];
    const places = order.map((name) => stops.findIndex((stop) => stop.includes(name)));
    assert.ok(!places.includes(-1), `${order[places.indexOf(-1)]} is not among ${stops.join(" | ")}`);
    assert.deepEqual(places, [...places].sort((a, b) => a - b), stops.join(" | "));
    assert.ok(stops.length < 55, "the end is reached");
    await page.done();
  });

  test("an example, another event, a reason, an edit and back", async () => {
    const page = await site.open();
    await page.focus("#examples-button");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.matches("#examples .menu-item"));
    for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.match(await textOf(page, "pattern-editor"), /\$or/);
    await page.focus("#event-list .event-row >> nth=0");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await settled(page);
    assert.equal(await banner(page), "no match");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-current")), "true", "the focus stays on the list");

    await page.focus("[role=tree] [tabindex='0']");
    await page.keyboard.press("End");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-level")), "2");
    assert.ok((await page.locator("#event-editor .lit-refused").count()) > 0, "the focused reason lights the event");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-expanded")), "true");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-expanded")), "false");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-level")), "2");
    await page.keyboard.press("Enter");

    await page.focus("#pattern-editor .cm-content");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText('{ "source": ["com.example.shop"] ');
    await settled(page);
    assert.match(await page.locator(".stale-line").innerText(), /last valid pattern/);
    await page.keyboard.press("F8");
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("}");
    await settled(page);
    assert.equal(await banner(page), "match");
    await page.keyboard.press("Tab");
    assert.notEqual(await focused(page), "Event pattern, JSON", "Tab leaves the editor");
    await page.done();
  });
});

/** The accessible name of what has the focus, near enough; empty at the end of the page. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "";
    return element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent.trim();
  });
}

describe("every screen", () => {
  test("at 1280 × 800 verdict and payload are in sight without scrolling", async () => {
    const page = await site.open();
    for (const id of ["event-editor", "pattern-editor", "verdict", "payload-editor"]) {
      const box = await page.locator(`#${id}`).boundingBox();
      assert.ok(box && box.y >= 0 && box.y + 60 < wide.height, id);
    }
    assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight));
    await page.done();
  });

  test("on a phone the verdict stays in sight while typing", async () => {
    const page = await site.open({ viewport: narrow, hasTouch: true, isMobile: true });
    await selectEvent(page, "tiny icon");
    const strip = page.locator("#strip");
    const box = await strip.boundingBox();
    assert.ok(box && box.y + box.height <= narrow.height + 1, "the strip is inside the window");
    assert.match(await strip.innerText(), /no match/i);
    await strip.tap();
    await page.waitForFunction(() => document.querySelector("#verdict").getBoundingClientRect().top < 200);
    await page.done();
  });

  test("in forced colors the marks and the panes are still there", async () => {
    const page = await site.open({ forcedColors: "active" });
    assert.equal(await page.locator(".event-row .mark-yes").count(), 1);
    assert.equal(await page.locator(".event-row .mark-no").count(), 2);
    assert.equal(await banner(page), "match");
    await page.done();
  });

  test("the theme button wins over the system and is remembered", async () => {
    const page = await site.open({ colorScheme: "light" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.click("#theme");
    await page.waitForFunction((before) => getComputedStyle(document.body).backgroundColor !== before, light);
    assert.equal(await page.getAttribute("#theme", "aria-pressed"), "true");
    await page.reload();
    await page.waitForSelector(".banner-yes");
    assert.notEqual(await ground(), light);
    await page.click("#theme");
    await page.waitForFunction((before) => getComputedStyle(document.body).backgroundColor === before, light);
    assert.equal(await page.evaluate(() => localStorage.length), 0, "back at the system's choice nothing is kept");
    await page.done();
  });
});

test("warnings about the paths do not push the template out of sight", async () => {
  const page = await site.open();
  await openExample(page, "Input transformer");
  assert.equal(await page.locator("[aria-label='Problems of InputPathsMap'] .problem-warning").count(), 1);
  const inSight = await page.evaluate(() => {
    const { left, top } = document.querySelector("[aria-label^='InputTemplate'] .cm-line").getBoundingClientRect();
    return Boolean(document.elementFromPoint(left + 4, top + 8)?.closest("[aria-label^='InputTemplate']"));
  });
  assert.ok(inSight);
  await page.done();
});

test("on paper all is dark on white, nothing covers anything, and no text ends early", async () => {
  const page = await site.open({ colorScheme: "dark", viewport: { width: 760, height: 1080 } });
  await page.emulateMedia({ media: "print" });
  const look = await page.evaluate(() => {
    const light = getComputedStyle(document.body).colorScheme;
    const { color } = getComputedStyle(document.body);
    const ends = [...document.querySelectorAll(".cm-scroller, .scroll, .event-list")].filter((element) => element.checkVisibility() && element.scrollHeight > element.clientHeight + 1);
    const hidden = ["#strip", "#clear", "#theme"].filter((part) => document.querySelector(part).checkVisibility());
    return { light, color, ends: ends.map((element) => element.className), hidden };
  });
  assert.deepEqual(look, { light: "light", color: "rgb(27, 35, 32)", ends: [], hidden: [] });
  await page.done();
});

test("buttons that say the same have names that tell them apart", async () => {
  const page = await site.open();
  const names = await page.$$eval("main button", (all) => all.filter((button) => button.checkVisibility()).map((button) => button.ariaLabel ?? button.textContent));
  assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), []);
  await page.done();
});

/** What says something and is cut off or reaches over the edge; long texts in fields and code have their own way to be read. */
function cutOff(page) {
  return page.evaluate(() => {
    const words = [...document.querySelectorAll(".pane-head *, .actions *, .event-item *, .event-expected *, .event-tools .button, .banner *, .payload-status *")];
    const shown = words.filter((element) => element.checkVisibility() && !element.matches(".visually-hidden, .result-kept .result-words, svg, svg *, option"));
    const isCut = (element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < 0 || right > innerWidth || (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "hidden");
    };
    const cut = shown.filter(isCut).map((element) => `${element.className || element.id}: ${element.textContent}`);
    return document.documentElement.scrollWidth > innerWidth ? [...cut, "the page"] : cut;
  });
}

test("nothing in the header covers anything else, at any width or with text twice as large", async () => {
  const page = await site.open();
  const covered = () =>
    page.evaluate(() => {
      const boxes = [...document.querySelectorAll(".top h1, .top .button")].map((element) => ({ says: element.textContent, ...element.getBoundingClientRect().toJSON() }));
      const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      return boxes.flatMap((a, index) => boxes.slice(index + 1).filter((b) => meet(a, b)).map((b) => `${a.says} / ${b.says}`));
    });
  for (const width of [1280, 900, 899, 760, 720, 719, 390]) {
    await page.setViewportSize({ width, height: 800 });
    assert.deepEqual(await covered(), [], `${width} px`);
  }
  await page.addStyleTag({ content: ".top .button, h1 { font-size: 28px !important }" });
  for (const width of [1280, 720]) {
    await page.setViewportSize({ width, height: 800 });
    assert.deepEqual(await covered(), [], `${width} px, large text`);
  }
  await page.done();
});

for (const width of [390, 320]) {
  test(`nothing that the page says is cut off, ${width} px`, async () => {
    for (const name of ["match", "no match", "no match, with hints and warnings", "several rules, missed expectation", "several rules, table hidden", "missed expectation", "cleared", "invalid target"]) {
      const page = await site.open({ viewport: { width, height: 800 } });
      await states[name](page);
      assert.deepEqual(await cutOff(page), [], name);
      await page.done();
    }
  });
}
