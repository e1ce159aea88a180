// A webhook, for example of an API destination: it takes the events that its pattern wants and leaves the rest alone.
import { EventError, EventPattern } from "eventbridge-rules";
import { Hono } from "hono";

const wanted = new EventPattern({
  source: ["com.example.shop"],
  "detail-type": ["Order Placed", "Order Cancelled"],
  detail: { total: [{ numeric: [">", 0] }] },
});

/** `take` is what is done with a wanted event. */
export function webhook(take) {
  const app = new Hono();
  app.post("/events", async (context) => {
    // As text: the answer is that of EventBridge to the last digit, and JSON.parse is for wanted events only.
    const text = await context.req.text();
    if (!wanted.matches(text)) return context.body(null, 204);
    await take(JSON.parse(text));
    return context.json({ taken: true }, 202);
  });
  app.onError((error, context) => {
    if (!(error instanceof EventError)) throw error;
    return context.json({ error: error.message }, 400);
  });
  return app;
}
