import assert from "node:assert/strict";
import { test } from "node:test";
import { webhook } from "./app.mjs";

const taken = [];
const app = webhook((event) => taken.push(event.detail.order));
const post = (body) => app.request("/events", { method: "POST", body });
const order = (total) => JSON.stringify({ source: "com.example.shop", "detail-type": "Order Placed", detail: { order: "A-17", total } });

test("takes what its pattern wants", async () => {
  assert.equal((await post(order(12))).status, 202);
  assert.deepEqual(taken.splice(0), ["A-17"]);
});

test("leaves the rest alone", async () => {
  assert.equal((await post(order(0))).status, 204);
  assert.deepEqual(taken, []);
});

test("says what is wrong with a body that is no event", async () => {
  const response = await post("order=A-17");
  assert.equal(response.status, 400);
  assert.match((await response.json()).error, /line 1, column 1/);
});
