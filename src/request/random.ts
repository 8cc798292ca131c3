/** Source of random bytes, as `crypto.randomBytes`. */
export type RandomBytes = (count: number) => Uint8Array;

/** A version 4 UUID, lower case. */
export function randomUuid(randomBytes: RandomBytes): string {
  const bytes = Buffer.from(randomBytes(16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** An integer of `[min, max)`, each equally likely. The span must be below 2^48. */
export function randomInteger(randomBytes: RandomBytes, min: number, max: number): number {
  const span = max - min;
  const fair = 2 ** 48 - (2 ** 48 % span);
  let drawn = draw(randomBytes);
  while (drawn >= fair) drawn = draw(randomBytes);
  return min + (drawn % span);
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Letters and digits, each equally likely. */
export function randomAlphanumeric(randomBytes: RandomBytes, length: number): string {
  return randomText(`${letters}0123456789`, randomBytes, length);
}

/** Letters, each equally likely. */
export function randomAlphabetic(randomBytes: RandomBytes, length: number): string {
  return randomText(letters, randomBytes, length);
}

/** Digits of base 16, lower case, each equally likely. */
export function randomHexadecimal(randomBytes: RandomBytes, length: number): string {
  return randomText("0123456789abcdef", randomBytes, length);
}

function randomText(alphabet: string, randomBytes: RandomBytes, length: number): string {
  const fair = 256 - (256 % alphabet.length);
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length)) {
      if (byte < fair) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}

function draw(randomBytes: RandomBytes): number {
  return Buffer.from(randomBytes(6)).readUIntBE(0, 6);
}
