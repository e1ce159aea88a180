// What the page offers when something is not as it was meant: the nearest miss, hints, warnings, and edits that mend them.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { banner, editor, exampleTitles, narrow, openExample, paste, playground, selectEvent, settled, textOf, verdicts } from "./playground.mjs";

let site;
before(async () => void (site = await playground()));
after(() => site.close());

const undo = async (page) => {
  await page.keyboard.press("ControlOrMeta+z");
  await settled(page);
};
const apply = (page, place) => page.locator(".nearest button", { hasText: `Apply to ${place}: ` });

describe("nearest miss", () => {
  test("applied to the event it flips the verdict, and undo takes it back", async () => {
    const page = await site.open();
    assert.equal(await page.locator(".nearest").count(), 0, "a match needs no advice");
    await selectEvent(page, "tiny icon");
    const before = await textOf(page, "event-editor");
    assert.match(await page.locator(".nearest").innerText(), /1 condition away from a match/);
    assert.equal(await apply(page, "event").innerText(), "Apply to event: change detail.object.size to 1025");
    await apply(page, "event").click();
    await settled(page);
    assert.equal(await banner(page), "match");
    assert.equal(await textOf(page, "event-editor"), before.replace("\"size\": 312", "\"size\": 1025"));
    assert.equal(await page.locator(".nearest").count(), 0);
    assert.equal(await page.evaluate(() => getSelection().toString()), "1025", "the cursor is on what changed");
    await undo(page);
    assert.equal(await textOf(page, "event-editor"), before);
    assert.equal(await banner(page), "no match");
    await page.done();
  });

  test("applied to the pattern it flips the verdict, and undo takes it back", async () => {
    const page = await site.open();
    await selectEvent(page, "text file");
    const before = await textOf(page, "pattern-editor");
    const events = await textOf(page, "event-editor");
    await apply(page, "pattern").click();
    await settled(page);
    assert.equal(await banner(page), "match");
    assert.match(await textOf(page, "pattern-editor"), /"notes\/readme\.txt"/);
    assert.equal(await textOf(page, "event-editor"), events, "the event stays as it was");
    await undo(page);
    assert.equal(await textOf(page, "pattern-editor"), before);
    assert.equal(await banner(page), "no match");
    await page.done();
  });

  test("several edits are one step", async () => {
    const page = await site.open();
    const pattern = '{\n  "source": ["aws.ec2"],\n  "region": ["us-east-1"],\n  "detail": { "bucket": { "name": ["other"] } }\n}';
    await paste(page, "pattern-editor", pattern);
    assert.match(await page.locator(".nearest").innerText(), /3 conditions away from a match: /);
    for (const [place, id] of [["event", "event-editor"], ["pattern", "pattern-editor"]]) {
      const before = await textOf(page, id);
      await apply(page, place).click();
      await settled(page);
      assert.equal(await banner(page), "match", place);
      await undo(page);
      assert.equal(await textOf(page, id), before, `${place}: one undo takes all of it back`);
      assert.equal(await banner(page), "no match");
    }
    await page.done();
  });

  test("in every example, each event that does not match is led to a match", async () => {
    const page = await site.open();
    const titles = await exampleTitles(page);
    let applied = 0;
    for (const title of titles) {
      await openExample(page, title);
      if (await page.locator("#table-toggle[aria-expanded=true]").isVisible()) await page.click("#table-toggle");
      for (const [index, verdict] of (await verdicts(page)).entries()) {
        if (verdict !== "no match") continue;
        await page.locator("#event-list .event-row").nth(index).click();
        await settled(page);
        assert.ok((await page.locator(".nearest button").count()) > 0, `${title}, ${index}`);
        for (const place of ["event", "pattern"]) {
          if ((await apply(page, place).count()) === 0) continue;
          await apply(page, place).click();
          await settled(page);
          assert.equal(await banner(page), "match", `${title}, ${index}, ${place}`);
          await undo(page);
          assert.equal(await banner(page), "no match", `${title}, ${index}, ${place}`);
          applied++;
        }
      }
    }
    assert.ok(applied >= 12, String(applied));
    await page.done();
  });

  test("is reached from the keyboard, before the reasons, and leaves the cursor in the text", async () => {
    const page = await site.open();
    await selectEvent(page, "tiny icon");
    await page.focus("#pattern-editor .cm-content");
    const stops = [];
    for (let step = 0; step < 4; step++) {
      await page.keyboard.press("Tab");
      stops.push(await page.evaluate(() => document.activeElement.textContent));
    }
    assert.match(stops[0], /^Apply to event: /);
    assert.match(stops[1], /^Apply to pattern: /);
    assert.match(stops[2], /source/);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.equal(await banner(page), "match");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Event pattern, JSON");
    await page.done();
  });

  test("is silent while a text is broken: its edits are of another text", async () => {
    const page = await site.open();
    await selectEvent(page, "tiny icon");
    await editor(page, "event-editor").click();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("x");
    await settled(page);
    assert.equal(await page.locator(".banner-stale").count(), 1);
    assert.equal(await page.locator(".nearest").count(), 0);
    await page.done();
  });

  test("a long title is cut on the screen and whole in the name", async () => {
    const page = await site.open({ viewport: narrow });
    const long = "a-rather-long-name-of-a-bucket-".repeat(3);
    await paste(page, "pattern-editor", `{ "detail": { "bucket": { "name": ["${long}"] } } }`);
    const button = apply(page, "event");
    const box = await button.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= narrow.width, "inside the window");
    assert.ok(box.height < 50, "one line");
    assert.ok((await button.getAttribute("title")).includes(long));
    assert.equal(await page.getByRole("button", { name: long }).count(), 1);
    await page.done();
  });
});

describe("hints", () => {
  test("a name that differs by case says so, below the field", async () => {
    const page = await site.open();
    await openExample(page, "EC2 state change");
    await paste(page, "pattern-editor", '{ "source": ["aws.ec2"], "detail": { "State": ["stopped", "terminated"] } }');
    assert.equal(await banner(page), "no match");
    const field = page.locator("[role=treeitem]", { hasText: "detail.State" });
    assert.equal(await field.locator(".tree-hint").innerText(), "Hint: the event has detail.state");
    assert.equal(await field.locator(".tree-hint .mark-hint").count(), 1, "a shape, not only a color");
    assert.equal(await page.locator(".tree-hint").count(), 1, "none below what passes");
    await page.done();
  });
});

describe("warnings", () => {
  test("`details` is underlined and renamed by its fix, while the pattern stays valid", async () => {
    const page = await site.open();
    await paste(page, "pattern-editor", '{ "source": ["aws.s3"], "details": { "reason": ["PutObject"] } }');
    assert.match(await page.locator("#pattern-note").innerText(), /^valid, 1 warning/);
    assert.equal(await banner(page), "no match", "the verdict is that of the text, not of an older one");
    assert.equal(await page.locator(".stale-line").count(), 0);
    assert.equal(await page.locator("#pattern-editor .cm-lintRange-warning").innerText(), '"details"');
    assert.equal(await page.locator("#pattern-editor .cm-lintRange-error").count(), 0);
    const warning = page.locator("#pattern-problems .problem-warning");
    assert.equal(await warning.locator(".mark-warning").count(), 1);
    assert.match(await warning.innerText(), /warning envelope-unknown-key/);
    await warning.locator("button", { hasText: "Fix: rename it to detail" }).click();
    await settled(page);
    assert.equal(await textOf(page, "pattern-editor"), '{ "source": ["aws.s3"], "detail": { "reason": ["PutObject"] } }');
    assert.equal(await page.locator("#pattern-note").innerText(), "valid");
    assert.equal(await banner(page), "match");
    await undo(page);
    assert.match(await textOf(page, "pattern-editor"), /"details"/);
    await page.done();
  });

  test("the events of the page are the samples", async () => {
    const page = await site.open();
    const pattern = '{ "detail": { "object": { "size": ["2481153"] } } }';
    await paste(page, "pattern-editor", pattern);
    assert.equal(await page.locator("#pattern-editor .cm-lintRange-warning").innerText(), '"2481153"');
    await page.locator("#pattern-problems button", { hasText: "Fix: remove the quotes" }).click();
    await settled(page);
    assert.equal(await banner(page), "match");
    assert.equal(await page.locator("#pattern-note").innerText(), "valid");
    // Another event, and what is said about the same pattern changes.
    await paste(page, "pattern-editor", '{ "detail": { "mine": [1] } }');
    assert.match(await page.locator("#pattern-note").innerText(), /note/);
    await paste(page, "event-editor", '{ "detail": { "mine": 1 } }');
    assert.equal(await page.locator("#pattern-note").innerText(), "valid");
    await page.done();
  });

  test("two stars: exactly they are underlined, with the words of EventBridge and the meaning of the code", async () => {
    const page = await site.open();
    await paste(page, "pattern-editor", '{ "detail": { "object": { "key": [{ "wildcard": "a/**/b" }] } } }');
    assert.deepEqual(await page.locator("#pattern-editor .cm-lintRange-error").allInnerTexts(), ["**"]);
    const problem = page.locator("#pattern-problems .problem-error");
    assert.match(await problem.locator(".aws-says").innerText(), /^EventBridge says: Consecutive wildcard characters at pos \d+$/);
    await problem.locator("summary").focus();
    await page.keyboard.press("Enter");
    assert.match(await problem.locator(".meaning").innerText(), /For example: .*\*\*[^]*\nBetter: /);

    await page.locator("#pattern-editor .cm-lintRange-error").hover();
    const tooltip = page.locator(".cm-tooltip .tooltip");
    await tooltip.waitFor();
    assert.match(await tooltip.innerText(), /EventBridge says: Consecutive[^]*error wildcard-consecutive/);
    await page.locator(".cm-tooltip button", { hasText: "Fix: use one star" }).click();
    await settled(page);
    assert.equal(await textOf(page, "pattern-editor"), '{ "detail": { "object": { "key": [{ "wildcard": "a/*/b" }] } } }');
    assert.equal(await page.locator("#pattern-editor .cm-lintRange-error").count(), 0);
    await page.done();
  });

  test("what is being read stays open while the text changes", async () => {
    const page = await site.open();
    await paste(page, "pattern-editor", '{ "source": "aws.s3" }');
    await page.locator("#pattern-problems summary").click();
    await editor(page, "pattern-editor").click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type(" ");
    await settled(page);
    assert.equal(await page.locator("#pattern-problems details[open]").count(), 1);
    await page.done();
  });

  test("in the template, the paths and the path of a target", async () => {
    const page = await site.open();
    await openExample(page, "Input transformer");
    assert.equal(await page.locator("#target-note").innerText(), "valid, 2 warnings");
    const warnings = page.locator("#target-body .problem-warning");
    await warnings.filter({ hasText: "quoted-variable-breaks-json" }).locator("button", { hasText: "Fix: " }).click();
    await settled(page);
    await selectEvent(page, "list of labels");
    assert.equal(await page.locator(".payload-sent").count(), 1, "the list arrives now");

    await page.getByRole("button", { name: "Add path" }).click();
    await page.keyboard.type("spare");
    await settled(page);
    const unused = page.locator("[aria-label='Problems of InputPathsMap'] .problem-warning", { hasText: "spare" });
    await unused.locator(".problem").click();
    assert.equal(await page.evaluate(() => document.activeElement.value), "spare", "the cursor is in the row");
    await unused.locator("button", { hasText: "Fix: remove it" }).click();
    await settled(page);
    assert.equal(await page.locator("[aria-label='Problems of InputPathsMap'] .problem-warning", { hasText: "spare" }).count(), 0);
    assert.equal(await page.locator(".path-row").count(), 4);
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Variable 1", "the focus is not lost");

    await page.locator(".segment", { hasText: /^InputPath$/ }).click();
    await page.fill("#target-path", "detail.labels");
    await settled(page);
    const path = page.locator("#target-body .setting:not([hidden])");
    await path.locator("button", { hasText: "Fix: " }).first().click();
    await settled(page);
    assert.equal(await page.inputValue("#target-path"), "$.detail.labels");
    assert.equal(await page.locator("#target-path[aria-invalid]").count(), 0);
    await undo(page);
    assert.equal(await page.inputValue("#target-path"), "detail.labels");
    await page.done();
  });
});
