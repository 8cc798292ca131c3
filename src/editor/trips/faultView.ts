import type { TripError } from "../../errors.ts";
import type { Redactor } from "../../guard/redactor.ts";
import type { Fault, FaultHelp } from "../../page/view.ts";

/** A fault as the panel shows it, with the one action that helps. */
export function faultView(error: TripError, redactor: Redactor): Fault {
  const { code, phase, message, hint, tried = [] } = error;
  return {
    code,
    phase,
    message: redactor.message(message),
    hint: hint === null ? null : redactor.message(hint),
    help: helpFor(error),
    tried: tried.map(({ text, outcome }) => ({ text: redactor.message(text), outcome })),
  };
}

const helpByCode: ReadonlyMap<string, FaultHelp> = new Map<string, FaultHelp>([
  ["E_REFUSED_UNTRUSTED", { label: "Manage Workspace Trust", action: "manageTrust" }],
  ["E_NOT_APPROVED", { label: "Send Again", action: "sendAgain" }],
  ["E_REFUSED_INCLUDE_OUTSIDE", { label: "Send Again", action: "sendAgain" }],
  ["E_REFUSED_PLAIN_HTTP", { label: "Open Settings", action: "openSettings" }],
  ["E_ENVIRONMENT_UNKNOWN", { label: "Select Environment", action: "selectEnvironment" }],
  ["E_MFA", { label: "Send Again", action: "sendAgain" }],
  ["E_MFA_CODE", { label: "Send Again", action: "sendAgain" }],
  ["E_CREDENTIALS_EXPIRED", { label: "Send Again", action: "sendAgain" }],
  ["E_METADATA_OFF", { label: "Open Settings", action: "openSettings" }],
  ["E_ACCOUNT", { label: "Switch Profile", action: "switchProfile" }],
  ["E_ACCOUNT_UNKNOWN", { label: "Send Again", action: "sendAgain" }],
  ["E_LOCAL_PROFILE", { label: "Start the Local Endpoint", action: "startEndpoint" }],
]);

function helpFor({ code, phase }: TripError): FaultHelp | null {
  const known = helpByCode.get(code);
  if (known !== undefined) return known;
  switch (phase) {
    case "usage":
    case "file":
    case "resolve":
    case "guard":
    case "sign":
      return { label: "Show the Request", action: "showRequest" };
    case "credentials":
      return { label: "Switch Profile", action: "switchProfile" };
    default:
      return { label: "Send Again", action: "sendAgain" };
  }
}
