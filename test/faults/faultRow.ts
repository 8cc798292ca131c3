/** What a person gets of one case of a fault. */
export interface FaultOutcome {
  /** Null where the fault spoils nothing. */
  readonly code: string | null;
  /** `error.phase` of the JSON document. */
  readonly phase: string | null;
  /** Exit code of the command. */
  readonly exit: number;
  /** Words that are shown, "" where there is nothing to say but the answer. */
  readonly says: string;
}

/** One fault, or a family of them. The documentation's page is made of these, and the tests assert these. */
export interface FaultRow {
  readonly number: number;
  /** What happens. */
  readonly title: string;
  /** What is shown of it, and what is kept. */
  readonly shown: string;
  /** What to do. */
  readonly advice: string;
  /** By what the case is; its test in the matrix has the same name. */
  readonly cases: Readonly<Record<string, FaultOutcome>>;
}

/** Exit codes by the part of the trip that failed, as they are documented. Written out here: the product must agree. */
const exits = {
  usage: 2,
  file: 2,
  resolve: 2,
  sign: 2,
  guard: 3,
  credentials: 3,
  dns: 4,
  connect: 4,
  proxy: 4,
  tls: 4,
  send: 4,
  head: 4,
  body: 4,
  // By Ctrl-C; SIGTERM has 143.
  cancel: 130,
} as const;

/** A case that ends in an error. */
export function fails(code: string, phase: keyof typeof exits, says: string): FaultOutcome {
  return { code, phase, exit: exits[phase], says };
}

/** A case that spoils nothing: an answer below 400, perhaps with a warning. */
export function passes(says = ""): FaultOutcome {
  return { code: null, phase: null, exit: 0, says };
}

/** A case whose answer is a refusal of the server. */
export function answers(says = ""): FaultOutcome {
  return { code: null, phase: null, exit: 1, says };
}

/** A row; `cases` is empty where a row has no outcome of a command. */
export function row(
  number: number,
  title: string,
  shown: string,
  advice: string,
  cases: FaultRow["cases"],
): FaultRow {
  return { number, title, shown, advice, cases };
}
