import type { SampleRow } from "./samples.js";

/** A partner that sends to a bus of its own, and applications of one's own. */
export const OWN: SampleRow[] = [
  { service: "Partner: Auth0", source: "aws.partner/auth0.com/example-1/auth0.logs", type: "Auth0 log", about: "failed sign-in", detail: { log_id: "90020260314092653000001", data: { date: "2026-03-14T09:26:53.000Z", type: "fp", description: "Wrong email or password.", connection: "Username-Password-Authentication", client_name: "Shop", ip: "203.0.113.14", user_name: "jane@example.com" } } },
  { service: "Partner: Shopify", source: "aws.partner/shopify.com/1234567/orders", type: "shopifyWebhook", detail: { payload: { id: 450789469, email: "jane@example.com", currency: "EUR", total_price: "254.98", financial_status: "paid", line_items: [{ sku: "IPOD2008PINK", quantity: 1, price: "199.00" }, { sku: "SHIRT-M", quantity: 2, price: "27.99" }] }, metadata: { "X-Shopify-Topic": "orders/create", "X-Shopify-Shop-Domain": "example.myshopify.com" } } },
  { service: "Your application", source: "com.example.shop", type: "Order Placed", detail: { orderId: "A-1042", total: 129.9, currency: "EUR", customer: { id: "c-77", tier: "gold" }, items: [{ sku: "TEA-250", quantity: 2, price: 12.5 }, { sku: "POT-1", quantity: 1, price: 104.9 }], express: true, coupon: null } },
  { service: "Your application", source: "com.example.auth", type: "Login Failed", detail: { user: "jane", reason: "wrong password", attempts: 3, address: "203.0.113.14", path: "/admin/settings" } },
  { service: "Your application", source: "com.example.sensors", type: "Reading", detail: { sensor: "greenhouse-7", celsius: -1.5, humidity: 0.62, battery: "low", readings: [-1.2, -1.4, -1.5] } },
];
