// Events of applications, made up: small ones, large ones, and arrays of objects. The same seed gives the same events.
import { made } from "./random.mjs";

/** About 300 bytes: what an application sends to its own bus. */
export function appEvent({ envelope, id, int, pick, word }) {
  const order = { orderId: id().slice(0, 8), customer: word(), country: pick(["DE", "FR", "GB", "US"]), total: int(100, 99_999) / 100, items: int(1, 9), express: pick([true, false]) };
  return envelope("com.example.shop", pick(["OrderPlaced", "OrderShipped", "OrderCancelled"]), [], order);
}

/** About 250 KB, near what EventBridge took for years at most: many objects in arrays. */
export function largeEvent({ envelope, id, int, list, pick, time, word }) {
  const orders = list(800, 900, () => ({
    id: id(),
    placed: time(),
    customer: { name: `${word()} ${word()}`, country: pick(["DE", "FR", "GB", "US"]), note: pick(["", "Straße 5, München", "ring twice"]) },
    lines: list(1, 4, () => ({ sku: word(), quantity: int(1, 9), price: int(100, 9999) / 100 })),
  }));
  return envelope("com.example.batch", pick(["BatchImported", "BatchRejected"]), [], { batch: id(), orders, status: pick(["done", "failed"]) });
}

/** 10 to 100 KB: a batch of 100 to 1,000 objects. */
export function batchEvent({ envelope, id, int, list, pick, word }) {
  const item = () => ({ sku: `SKU-${String(int(0, 19_999)).padStart(5, "0")}`, qty: int(1, 50), price: int(100, 90_000) / 100, tags: list(0, 3, word), dims: { w: int(1, 99), h: int(1, 99) } });
  return envelope("com.example.batch", "BatchProcessed", [], { batchId: id(), items: list(100, 1000, item), status: pick(["ok", "partial"]) });
}

/**
 * An event whose array has so many objects, each of which meets at least one of the two conditions of `correlated`, and
 * none both: whoever matches field by field has half of the array for either and must still say no.
 */
export function correlatedEvent(count, share) {
  const [event] = made(5, 1, ({ envelope, id, int }) => {
    const kind = (at) => (at % share === 0 ? at / share % 2 : 2);
    const item = (_, at) => ({ id: id(), sku: kind(at) === 0 ? "SKU-1" : "SKU-2", qty: kind(at) === 1 ? 50 : 1, dims: { w: int(1, 99), h: int(1, 99) } });
    return envelope("com.example.batch", "BatchProcessed", [], { items: Array.from({ length: count }, item) });
  });
  return event;
}

/** Asks two fields of one and the same object. */
export const correlated = { detail: { items: { sku: ["SKU-1"], qty: [{ numeric: [">", 45] }] } } };

/** The texts of so many events of one kind. */
export const textsOf = (count, one, seed) => made(seed, count, (make) => JSON.stringify(one(make)));
