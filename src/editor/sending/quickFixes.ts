/** An edit that mends a request: a directive of its own, put above the request line. */
export interface QuickFix {
  readonly title: string;
  readonly directive: string;
}

const fixes: ReadonlyMap<string, readonly QuickFix[]> = new Map([
  [
    "E_AUTH_UNDECIDED",
    [
      { title: "Sign it for API Gateway: # @service execute-api", directive: "# @service execute-api" },
      { title: "Sign it for a Lambda function URL: # @service lambda", directive: "# @service lambda" },
      { title: "Send it unsigned: # @auth none", directive: "# @auth none" },
    ],
  ],
  [
    "E_AUTH_TWICE",
    [{ title: "Send the Authorization header as typed: # @auth none", directive: "# @auth none" }],
  ],
]);

/** What would mend a request that was stopped with this code; empty where nobody can know. */
export function quickFixesFor(code: string): readonly QuickFix[] {
  return fixes.get(code) ?? [];
}
