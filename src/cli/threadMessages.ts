/** What a thread that runs a command is started with. */
export interface ThreadStart {
  readonly argv: readonly string[];
  /** Of the request file, read already. */
  readonly bytes: Uint8Array;
  readonly terminal: TerminalFacts;
}

/** What is known of the terminal, or is not there. */
export interface TerminalFacts {
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Whether a question can be asked and answered. */
  readonly canAsk: boolean;
  /** Characters in a line of the terminal. */
  readonly columns: number;
}

/** From the thread that runs the command to the one that owns the process's streams and signals. */
export type FromThread =
  | {
      readonly kind: "write";
      readonly to: "stdout" | "stderr";
      readonly id: number;
      readonly data: Uint8Array;
    }
  /** Standard input is wanted from now on. */
  | { readonly kind: "input" }
  /** A file or folder must be gone when the process ends, or is gone. */
  | { readonly kind: "remove"; readonly path: string; readonly isDone: boolean }
  | { readonly kind: "ended"; readonly code: number };

/** And back. */
export type ToThread =
  | {
      readonly kind: "written";
      readonly id: number;
      readonly error: { readonly code: string | undefined; readonly message: string } | null;
    }
  /** Bytes of standard input; null at its end. */
  | { readonly kind: "input"; readonly bytes: Uint8Array | null }
  | { readonly kind: "abort" };
