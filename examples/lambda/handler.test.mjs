import assert from "node:assert/strict";
import { test } from "node:test";
import { handler } from "./handler.mjs";

const uploaded = {
  id: "1",
  source: "aws.s3",
  "detail-type": "Object Created",
  detail: { bucket: { name: "photos" }, object: { key: "cat.PNG", size: 5120 } },
};

test("an uploaded picture gets a thumbnail and is kept", async () => {
  assert.deepEqual(await handler(uploaded), { thumbnail: "a thumbnail of cat.PNG", archive: "1 is kept" });
});

test("a picture that is too large is only kept", async () => {
  const large = { ...uploaded, detail: { object: { key: "cat.png", size: 10_000_001 } } };
  assert.deepEqual(await handler(large), { archive: "1 is kept" });
});

test("what nobody wants has no result", async () => {
  assert.deepEqual(await handler({ id: "2", source: "com.example.shop", detail: {} }), {});
});
