/**
 * `TextDecoder` and `TextEncoder` where the platform lacks them (Jest's jsdom) or has half of them (Node without ICU, some
 * polyfills: no `fatal`). The build puts these in the place of the global names, in the glue as well.
 */

class SmallTextDecoder {
  decode(bytes?: Uint8Array): string {
    if (!bytes) return "";
    let text = "";
    let units: number[] = [];
    for (let at = 0; at < bytes.length; ) {
      const first = bytes[at++] as number;
      const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      let point = more === 0 ? first : first & (0x3f >> more);
      for (let left = more; left > 0; left--) point = (point << 6) | ((bytes[at++] as number) & 0x3f);
      if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
      else units.push(point);
      if (units.length > 4096) {
        text += String.fromCharCode(...units);
        units = [];
      }
    }
    return text + String.fromCharCode(...units);
  }
}

class SmallTextEncoder {
  encode(text: string): Uint8Array {
    const bytes = new Uint8Array(text.length * 3);
    return bytes.slice(0, this.encodeInto(text, bytes).written);
  }

  encodeInto(text: string, bytes: Uint8Array): { read: number; written: number } {
    let read = 0;
    let written = 0;
    while (read < text.length) {
      let point = text.codePointAt(read) as number;
      if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
      const length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (written + length > bytes.length) break;
      if (length === 1) bytes[written++] = point;
      else {
        bytes[written++] = ((0xf00 >> length) & 0xff) | (point >> (6 * (length - 1)));
        for (let shift = 6 * (length - 2); shift >= 0; shift -= 6) bytes[written++] = 0x80 | ((point >> shift) & 0x3f);
      }
      read += point > 0xffff ? 2 : 1;
    }
    return { read, written };
  }
}

const platform = globalThis as {
  TextDecoder: new (label?: string, options?: object) => SmallTextDecoder;
  TextEncoder?: new () => SmallTextEncoder;
};

export function TextDecoder(label?: string, options?: object): SmallTextDecoder {
  try {
    return new platform.TextDecoder(label, options);
  } catch (refusal) {
    if (refusal instanceof RangeError) throw refusal; // The end of the stack. We ask for UTF-8, which all know.
    return new SmallTextDecoder();
  }
}
export const TextEncoder = platform.TextEncoder ?? SmallTextEncoder;
