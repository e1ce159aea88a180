// Makes a PNG of flat colors and letters smaller: such pictures compress best without the filters that suit photographs.
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = 8;

/** The same picture. It must be 8 bits a channel and not interlaced, as browsers write it. */
export function smallerPng(png) {
  const chunks = chunksOf(png);
  const header = chunks.find(({ type }) => type === "IHDR").data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[header[9]];
  if (header[8] !== 8 || header[12] !== 0 || !channels) return png;
  const packed = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data));
  const rows = withoutFilters(inflateSync(packed), width * channels, height, channels);
  const written = [["IHDR", header], ["IDAT", deflateSync(rows, { level: 9, memLevel: 9 })], ["IEND", Buffer.alloc(0)]].map(([type, data]) => chunk(type, data));
  const smaller = Buffer.concat([png.subarray(0, SIGNATURE), ...written]);
  return smaller.length < png.length ? smaller : png;
}

function chunksOf(png) {
  const chunks = [];
  for (let at = SIGNATURE; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.push({ type: png.toString("latin1", at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Each row begins with the number of its filter; 0 is none. */
function withoutFilters(filtered, stride, height, step) {
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1) + 1;
    const filter = filtered[start - 1];
    for (let x = 0; x < stride; x++) {
      const left = x >= step ? rows[start + x - step] : 0;
      const above = y > 0 ? rows[start + x - stride - 1] : 0;
      const corner = x >= step && y > 0 ? rows[start + x - stride - 1 - step] : 0;
      rows[start + x] = filtered[start + x] + [0, left, above, (left + above) >> 1, nearest(left, above, corner)][filter];
    }
  }
  return rows;
}

/** The filter that PNG calls Paeth. */
function nearest(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((value) => Math.abs(guess - value));
  return a <= b && a <= c ? left : b <= c ? above : corner;
}
