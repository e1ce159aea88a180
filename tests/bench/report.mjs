// Tables as Markdown, and numbers as people read them.

/** A table whose first column is text and whose others are numbers. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), `|---|${"---:|".repeat(head.length - 1)}`, ...rows.map(line)].join("\n");
}

/** A part of the report: what it is about, in bold, then the rest. */
export const section = (title, about, ...rest) => [`**${title}**: ${about}`, ...rest].join("\n\n");

export const whole = (number) => Math.round(number).toLocaleString("en");
export const ratio = (number) => (number === undefined || Number.isNaN(number) ? "–" : number >= 100 ? whole(number) : number.toFixed(number >= 10 ? 1 : 2));
export const thousands = (eventsPerSecond) => (eventsPerSecond >= 10_000 ? whole(eventsPerSecond / 1000) : (eventsPerSecond / 1000).toFixed(1));
export const speed = (nanoseconds) => 1e9 / nanoseconds;
export const megabytes = (nanoseconds, bytes) => whole((bytes * 1000) / nanoseconds);
export const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
