import { answers, type FaultOutcome, type FaultRow, fails, passes, row } from "../faultRow.ts";

const stopped = (says: string): FaultOutcome => fails("E_CANCELLED", "cancel", `Cancelled while ${says}`);

/** Faults of time, and of many things at once. */
export const timeFaults: readonly FaultRow[] = [
  row(
    89,
    "The body stalls",
    "What came, and a time-out after 30 seconds of silence.",
    "Give it more time with `# @timeout`, `--timeout` or the setting `awsreq.timeout` if the server is known to pause.",
    { "3 bytes, then nothing": fails("E_IDLE_TIMEOUT", "body", "sent no more of the body for") },
  ),
  row(90, "The body comes slowly, but steadily", "The whole body: only silence counts.", "Nothing.", {
    "a byte at a time": passes(),
  }),
  row(
    91,
    "You stop a request",
    "What went on when you did, and what came until then; nothing is left open or running. Ctrl-C ends with exit code 130, SIGTERM with 143. In a credential process, a question, or while STS is asked, it is the same.",
    "Send again when you want to.",
    {
      "while a name is looked up": stopped("looking up the name"),
      "while connecting": stopped("connecting"),
      "in the TLS handshake": stopped("the TLS handshake was under way"),
      "while the proxy is waited for": stopped("waiting for the proxy"),
      "while the body is sent": stopped("sending the request"),
      "while the head is waited for": stopped("waiting for the response"),
      "while the body comes": stopped("receiving the body"),
    },
  ),
  row(
    92,
    "Several requests are under way",
    "They do not mix. In VS Code the same request again takes the place of the one before.",
    "Nothing.",
    {},
  ),
  row(
    93,
    "The machine sleeps while an answer is waited for",
    "When it wakes up, a time that is over is over.",
    "Send again.",
    {},
  ),
  row(
    94,
    "This machine's clock is wrong",
    "By how much, from the service's own words. The time of the server is offered for one send (`--clock-offset`, in VS Code a button), where they differ by a day at most.",
    "Set the clock, or sign once with the server's time.",
    {
      "10 minutes slow": answers("(clock-behind)"),
      "10 minutes fast": answers("(clock-ahead)"),
      "23 hours slow": answers("(clock-behind)"),
      "23 hours fast": answers("(clock-ahead)"),
    },
  ),
  row(95, "A thousand requests are sent", "No connection, file or timer is left behind.", "Nothing.", {}),
];
