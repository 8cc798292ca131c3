const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** An access key id that holds this account, as AWS makes them since 2019. */
export function keyIdOf(account: string, kind: "AKIA" | "ASIA" = "AKIA"): string {
  let bits = (1n << 44n) | (BigInt(account) << 4n);
  let letters = "";
  for (let i = 0; i < 9; i += 1) {
    letters = (alphabet[Number(bits & 31n)] ?? "") + letters;
    bits >>= 5n;
  }
  return `${kind}${letters}ACCOUNT`;
}
