/** A file that is read while it is hashed and sent, because it is too large to be held. */
export interface IncludedFile {
  /** Absolute, every link resolved. */
  readonly path: string;
  readonly size: number;
  /** Its first bytes, as many as are looked at before it is sent. */
  readonly head: Uint8Array;
  /** Opens it, one descriptor for all that is read. @throws UserError when it is no longer the file that was found */
  open(): Promise<OpenedInclude>;
}

export interface OpenedInclude {
  /** Its first `size` bytes, or fewer when it has become shorter; from the beginning each time. */
  pieces(): AsyncIterable<Uint8Array>;
  /** @throws UserError when it is no longer what was found */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** A hash of bytes that come one after the other, as `node:crypto` makes them. */
export interface RunningHash {
  update(bytes: Uint8Array): unknown;
  digest(encoding: "hex"): string;
}

/** A body some of which stays in files until it is sent. */
export interface StreamedBody {
  /** Bytes of all of it. */
  readonly length: number;
  /** The first of them, as many as are looked at before it is sent. */
  readonly head: Uint8Array;
  readonly parts: readonly (Uint8Array | IncludedFile)[];
  /** Hex SHA-256 of all bytes; null before `open`. */
  readonly sha256: string | null;
  /**
   * Opens its files, and reads all of it for its hash; from now on `pieces` reads the same descriptors.
   * @throws UserError when a file is not what was found; the signal's reason when it is aborted
   */
  open(sha256: RunningHash, signal: AbortSignal): Promise<void>;
  /** All of it, from the beginning each time; its files are opened for it where they are not open. */
  pieces(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** The bytes that are sent behind a head: in memory, or too many for that. Both know their `length`. */
export type RequestBody = Uint8Array | StreamedBody;
