const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * The account that an access key id belongs to, twelve digits, read from the id itself; null for ids from before 2019,
 * which do not hold it. After the four letters of its kind an id is base32; 40 bits after the first are the account.
 */
export function accountFromKeyId(accessKeyId: string): string | null {
  const encoded = /^(?:AKIA|ASIA)([A-Z2-7]{12,})$/.exec(accessKeyId)?.[1];
  if (encoded === undefined) return null;
  // Nine characters are 45 bits: a mark, which older ids lack, the 40 of the account, and 4 of what follows.
  const bits = [...encoded.slice(0, 9)].reduce(
    (sum, letter) => sum * 32n + BigInt(alphabet.indexOf(letter)),
    0n,
  );
  const marked = bits >> 44n === 1n;
  const account = (bits >> 4n) & ((1n << 40n) - 1n);
  return marked && account < 1_000_000_000_000n ? account.toString().padStart(12, "0") : null;
}
