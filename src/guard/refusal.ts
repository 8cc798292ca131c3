/** Why a rule refuses: one sentence, and the one thing to do. */
export interface Refusal {
  readonly message: string;
  readonly hint: string;
}
