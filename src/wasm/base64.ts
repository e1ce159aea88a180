interface Platform {
  Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> };
  atob(text: string): string;
}

/** The bytes of a base64 text, by the fastest way that the platform has. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const fromBase64 = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  if (fromBase64) return fromBase64.call(Uint8Array, base64);
  const platform = globalThis as unknown as Platform;
  if (platform.Buffer) return platform.Buffer.from(base64, "base64");
  const text = platform.atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
