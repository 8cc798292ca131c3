import type { Cause } from "../diagnosis/causes/causes.ts";
import type { Verdict } from "./check.ts";
import type { ProbeEffects } from "./checkEffects.ts";
import { addressKind } from "./privateAddress.ts";
import type { Refused } from "./refused.ts";

/** Where does the name lead from here? */
export async function probeAddress(refused: Refused, { lookup }: ProbeEffects): Promise<Verdict> {
  const { connectedHost: host } = refused.request;
  const addresses = await lookup(host);
  const [first] = addresses;
  if (first === undefined)
    return { outcome: "failed", shown: `${host} has no address here.`, rulesOut: [], speaksFor: [] };
  const found = addresses.find((address) => addressKind(address) !== "public");
  if (found === undefined) {
    // A private API has public addresses too, from outside its network: nothing is ruled out.
    const shown = `${host} has public addresses here (${first}).`;
    return { outcome: "passed", shown, rulesOut: [], speaksFor: [] };
  }
  if (addressKind(found) === "loopback") {
    const shown = `${host} leads to this machine (${found}): look at the hosts file, and for a tunnel.`;
    return { outcome: "failed", shown, rulesOut: [], speaksFor: [] };
  }
  return {
    outcome: "failed",
    shown: `${host} leads to a private address here (${found}), as a VPC endpoint's names do.`,
    rulesOut: [],
    speaksFor: behindEndpoint(refused),
  };
}

/** With private DNS a VPC endpoint takes every API of the region, public ones too, and refuses those it does not know. */
function behindEndpoint({ signedFor, causes }: Refused): readonly Cause[] {
  if (signedFor === null || signedFor.service === "execute-api") return ["apigw-private-endpoint"];
  return causes.includes("iam-vpce-policy") ? ["iam-vpce-policy"] : [];
}
