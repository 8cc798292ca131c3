import type { Answer } from "./answer.ts";
import type { PolicyKind } from "./policies.ts";
import { deniedSentence } from "./refusals.ts";
import { invoke, localAccount, localUserArn, methodArn, type Scene } from "./scene.ts";
import { jsonServiceAnswer, restAnswer, stsAnswer } from "./serviceAnswers.ts";

/** API Gateway's word for everything that it does not explain. */
export function bareForbidden(scene: Scene): Answer {
  return restAnswer(scene, 403, "ForbiddenException", { message: "Forbidden" });
}

/** API Gateway's denial, whose key has a capital. */
export function gatewayDenial(scene: Scene, message: string): Answer {
  return restAnswer(scene, 403, "AccessDeniedException", { Message: message });
}

/** An API's own policy that has no word for whoever did not sign. */
export function anonymousDenial(scene: Scene): Answer {
  const resource = methodArn(scene, "masked");
  const message = deniedSentence({ userArn: "anonymous", action: invoke, resource, denial: null });
  return gatewayDenial(scene, message);
}

/** IAM's denial by one kind of policy. */
export function policyDenial(policy: PolicyKind, explicit: boolean): (scene: Scene) => Answer {
  return (scene) => {
    const resource = methodArn(scene, "masked");
    const denial = { policy, explicit };
    const message = deniedSentence({ userArn: localUserArn, action: invoke, resource, denial });
    return gatewayDenial(scene, message);
  };
}

/** A refusal to decrypt an object, for want of the key. */
export function keyDenial({ region }: Scene): string {
  return deniedSentence({
    userArn: localUserArn,
    action: "kms:Decrypt",
    resource: `arn:aws:kms:${region}:${localAccount}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
    denial: { policy: "identity", explicit: false },
  });
}

/** STS's refusal to let somebody become what this ARN's end names. */
export function assumptionDenial(end: string): (scene: Scene) => Answer {
  const resource = `arn:aws:iam::${localAccount}:${end}`;
  const message = deniedSentence({
    userArn: localUserArn,
    action: "sts:AssumeRole",
    resource,
    denial: null,
  });
  return (scene) => stsAnswer(scene, 403, "AccessDenied", message);
}

/** STS's refusal of a second factor. */
export function mfaDenial(why: string): (scene: Scene) => Answer {
  return (scene) => stsAnswer(scene, 403, "AccessDenied", `MultiFactorAuthentication failed${why}`);
}

/** API Gateway's refusal of a token that it does not know. */
export function unknownToken(scene: Scene): Answer {
  const message = "The security token included in the request is invalid.";
  return restAnswer(scene, 403, "UnrecognizedClientException", { message });
}

/** AppSync's refusal. */
export function appSyncDenial(message: string): (scene: Scene) => Answer {
  const errorType = "UnauthorizedException";
  return (scene) => jsonServiceAnswer(scene, 401, errorType, { errors: [{ errorType, message }] });
}

/** IoT's word for everything that it does not explain. */
export function iotForbidden(scene: Scene): Answer {
  const body = { message: "Forbidden", traceId: scene.ids.request };
  return jsonServiceAnswer(scene, 403, "ForbiddenException", body);
}
