/** What a transfer may cost. Times in milliseconds, sizes in bytes. Each limit is named in the error it causes. */
export interface TransferLimits {
  /** For the look-up of a name, and again for the connection to its addresses. */
  readonly connect: number;
  /** For the TLS handshake. */
  readonly tls: number;
  /** For a proxy: until it is connected to and has opened the tunnel. */
  readonly proxy: number;
  /** From the last byte of the request to the end of the response head, interim answers included. */
  readonly head: number;
  /** Without a byte received (or, while sending, accepted). */
  readonly idle: number;
  /** For the whole exchange; null for none. */
  readonly total: number | null;
  /** How long `Expect: 100-continue` is waited for before the body is sent all the same. */
  readonly expectContinue: number;
  /** Size of the response head. */
  readonly headBytes: number;
  /** Fields in the response head. */
  readonly fields: number;
  /** 1xx answers before the final one. */
  readonly interim: number;
  /** Part of a body that is held in memory; what is larger goes into a file. */
  readonly memoryBody: number;
  /** Size of a body as received; null for none. */
  readonly receivedBody: number | null;
  /** Size of a body whose encodings are undone; null for none. */
  readonly decodedBody: number | null;
  /** Encodings on top of one another. */
  readonly encodings: number;
}

/** The limits that hold where nobody says otherwise. */
export const defaultLimits: TransferLimits = {
  connect: 10_000,
  tls: 10_000,
  proxy: 20_000,
  head: 60_000,
  idle: 30_000,
  total: null,
  expectContinue: 1_000,
  headBytes: 300 * 1024,
  fields: 5_000,
  interim: 32,
  memoryBody: 1024 * 1024,
  receivedBody: 1024 * 1024 * 1024,
  decodedBody: 200 * 1024 * 1024,
  encodings: 5,
};

/**
 * The limits where somebody says how long the whole exchange may take, null for nobody: who waits for minutes waits that
 * long for the head and in a silence too.
 */
export function withinTotal(limits: TransferLimits, total: number | null): TransferLimits {
  if (total === null) return { ...limits, total };
  const { head, idle } = limits;
  return { ...limits, total, head: Math.max(head, total), idle: Math.max(idle, total) };
}

/** The same for a body that goes on in pieces, into a file or a pipe, and is never whole in memory. */
export const streamedLimits: TransferLimits = { ...defaultLimits, receivedBody: null, decodedBody: null };
