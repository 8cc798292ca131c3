import { type Answer, jsonAnswer } from "./answer.ts";
import {
  anonymousDenial,
  appSyncDenial,
  assumptionDenial,
  bareForbidden,
  gatewayDenial,
  iotForbidden,
  keyDenial,
  mfaDenial,
  policyDenial,
  unknownToken,
} from "./causeAnswers.ts";
import {
  s3BadRequest,
  s3Denied,
  s3HashMismatch,
  s3HashMissing,
  s3HeadersNotSigned,
  s3TimeTooSkewed,
  s3UnknownKey,
  s3UrlExpired,
  s3WrongRegion,
} from "./s3Errors.ts";
import { gatewayHeaders, localUserArn, type Scene } from "./scene.ts";
import {
  cloudFrontPage,
  httpApiAnswer,
  jsonServiceAnswer,
  restAnswer,
  s3Answer,
  searchAnswer,
  stsAnswer,
  throughCloudFront,
} from "./serviceAnswers.ts";
import { sha256 } from "./signature.ts";
import { basicDate } from "./signatureTime.ts";

/** Causes of a refusal that the pet store itself cannot have, or has with the right policies only. */
export type RefusedCause =
  | `apigw-${"resource-policy" | "private-endpoint" | "http-api-iam-forbidden" | "waf" | "domain-mapping"}`
  | `apigw-${"endpoint-disabled" | "lambda-authorizer-deny" | "authorizer-identity-source" | "get-with-body"}`
  | `iam-${"no-identity-allow" | "explicit-deny-identity" | "no-resource-allow" | "explicit-deny-resource"}`
  | `iam-${"scp-deny" | "rcp-deny" | "permissions-boundary" | "session-policy" | "vpce-policy" | "kms"}`
  | `cred-${"expired-token" | "region-not-enabled" | "wrong-partition" | "missing-session-token"}`
  | `s3-${"wrong-region" | "permanent-redirect" | "payload-hash-mismatch"}`
  | ("clock-skew-s3" | "presign-expired" | "headers-not-signed" | "missing-content-sha256")
  | ("iam-trust-policy" | "assume-role-wrong-arn" | "mfa-code-invalid" | "mfa-serial-wrong")
  | ("lambda-url-permission" | "sig-payload-hash-missing" | "scope-needs-sigv4a")
  | ("appsync-iam-denied" | "appsync-wrong-auth-mode" | "opensearch-fgac" | "aoss-data-access")
  | ("iot-policy" | "iot-token-signed" | "bedrock-model-access" | "bedrock-marketplace")
  | ("appsync-resolver-denied" | "appsync-key-expired" | "lambda-web-permission" | "token-refused")
  | ("apigw-method-not-iam" | "presigned-credentials-ended" | "ecr-not-logged-in")
  | ("web-identity-not-trusted" | "web-identity-token-expired");

type Table = { readonly [Cause in RefusedCause]: (scene: Scene) => Answer };

/** Bytes of a body that the firewall's common rule set lets pass. */
const firewallLimit = 8192;
const bucketRegion = "eu-central-1";
const registryDenial = "Your authorization token has expired. Reauthenticate and try again.";

// Words and shapes are AWS's own, as they were documented or reported; a diagnosis reads them word by word.
const table: Table = {
  "apigw-resource-policy": anonymousDenial,
  "apigw-private-endpoint": bareForbidden,
  "apigw-http-api-iam-forbidden": (scene) => httpApiAnswer(scene, 403, { message: "Forbidden" }),
  "apigw-waf": (scene) => {
    const { length } = scene.request.body;
    const message = `The firewall lets ${length} bytes pass; it stops more than ${firewallLimit}.`;
    return length > firewallLimit
      ? bareForbidden(scene)
      : jsonAnswer(200, { message }, gatewayHeaders(scene));
  },
  "apigw-domain-mapping": bareForbidden,
  "apigw-endpoint-disabled": bareForbidden,
  "apigw-lambda-authorizer-deny": (scene) =>
    gatewayDenial(scene, "User is not authorized to access this resource with an explicit deny"),
  "apigw-authorizer-identity-source": (scene) =>
    restAnswer(scene, 401, "UnauthorizedException", { message: "Unauthorized" }),
  "apigw-get-with-body": (scene) => cloudFrontPage(scene, 403, "Bad request."),
  "iam-no-identity-allow": policyDenial("identity", false),
  "iam-explicit-deny-identity": policyDenial("identity", true),
  "iam-no-resource-allow": policyDenial("resource", false),
  "iam-explicit-deny-resource": policyDenial("resource", true),
  "iam-scp-deny": policyDenial("scp", true),
  "iam-rcp-deny": policyDenial("rcp", true),
  "iam-permissions-boundary": policyDenial("boundary", false),
  "iam-session-policy": policyDenial("session", false),
  "iam-vpce-policy": policyDenial("vpcEndpoint", false),
  "iam-kms": (scene) => s3Answer(scene, s3Denied(keyDenial(scene))),
  "iam-trust-policy": assumptionDenial("role/ops"),
  "assume-role-wrong-arn": assumptionDenial("user/ops"),
  "mfa-code-invalid": mfaDenial(" with invalid MFA one time pass code. "),
  "mfa-serial-wrong": mfaDenial(
    ", unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
  ),
  "cred-expired-token": (scene) =>
    restAnswer(scene, 403, "ExpiredTokenException", {
      message: "The security token included in the request is expired",
    }),
  "cred-region-not-enabled": unknownToken,
  "cred-wrong-partition": unknownToken,
  "cred-missing-session-token": (scene) => s3Answer(scene, s3UnknownKey("ASIAIOSFODNN7EXAMPLE")),
  "s3-wrong-region": (scene) => s3Answer(scene, s3WrongRegion(false, scene.region, bucketRegion)),
  "s3-permanent-redirect": (scene) =>
    s3Answer(scene, {
      status: 301,
      code: "PermanentRedirect",
      message:
        "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
      elements: [
        ["Endpoint", `pets.s3.${bucketRegion}.amazonaws.com`],
        ["Bucket", "pets"],
      ],
      headers: [["x-amz-bucket-region", bucketRegion]],
    }),
  "s3-payload-hash-mismatch": (scene) => {
    const [empty, sent] = [sha256(new Uint8Array()), sha256(Buffer.from('{"name":"Max"}'))];
    return s3Answer(scene, s3HashMismatch(empty, sent));
  },
  "clock-skew-s3": (scene) => {
    const hourAgo = basicDate(scene.now.getTime() - 3_600_000);
    return s3Answer(scene, s3TimeTooSkewed(hourAgo, scene.now, 900_000));
  },
  "presign-expired": (scene) => s3Answer(scene, s3UrlExpired(300, scene.now.getTime() - 60_000, scene.now)),
  "headers-not-signed": (scene) => s3Answer(scene, s3HeadersNotSigned(["x-amz-acl"])),
  "missing-content-sha256": (scene) => s3Answer(scene, s3HashMissing()),
  "lambda-url-permission": (scene) =>
    jsonServiceAnswer(scene, 403, "AccessDeniedException", {
      Message:
        "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
    }),
  "sig-payload-hash-missing": (scene) => {
    const message =
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
    const headers = throughCloudFront(scene.ids.s3Host);
    return jsonServiceAnswer(scene, 403, "InvalidSignatureException", { message }, headers);
  },
  "scope-needs-sigv4a": (scene) =>
    jsonServiceAnswer(scene, 403, "InvalidSignatureException", {
      message: "Credential should be scoped to a valid region. ",
    }),
  "appsync-iam-denied": appSyncDenial("Permission denied"),
  "appsync-wrong-auth-mode": appSyncDenial("Valid authorization header not provided."),
  "opensearch-fgac": (scene) => {
    const who = `[name=${localUserArn}, backend_roles=[], requestedTenant=null]`;
    const type = "security_exception";
    const reason = `no permissions for [indices:data/read/search] and User ${who}`;
    const error = { root_cause: [{ type, reason }], type, reason };
    return searchAnswer(scene, 403, { error, status: 403 });
  },
  "aoss-data-access": (scene) => {
    const reason = "User does not have permissions for the requested resource";
    const error = { reason, type: "authorization_exception" };
    return searchAnswer(scene, 403, { status: 403, "request-id": scene.ids.request, error });
  },
  "iot-policy": iotForbidden,
  "iot-token-signed": iotForbidden,
  "bedrock-model-access": (scene) => {
    const type = "AccessDeniedException:http://internal.amazon.com/coral/com.amazon.bedrock/";
    const message = "You don't have access to the model with the specified model ID.";
    return jsonServiceAnswer(scene, 403, type, { message });
  },
  "bedrock-marketplace": (scene) => {
    const type = "AccessDeniedException:http://internal.amazon.com/coral/com.amazon.bedrock/";
    const message =
      "Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.";
    return jsonServiceAnswer(scene, 403, type, { message });
  },
  "appsync-resolver-denied": (scene) => {
    const message = "Not Authorized to access getPet on type Query";
    const errors = [{ path: ["getPet"], data: null, errorType: "Unauthorized", message }];
    return jsonServiceAnswer(scene, 401, "UnauthorizedException", { data: { getPet: null }, errors });
  },
  "appsync-key-expired": appSyncDenial("You are not authorized to make this call."),
  "lambda-web-permission": (scene) =>
    jsonServiceAnswer(scene, 403, "AccessDeniedException", { Message: "Forbidden" }),
  "token-refused": (scene) => restAnswer(scene, 401, "UnauthorizedException", { message: "Unauthorized" }),
  "apigw-method-not-iam": anonymousDenial,
  "presigned-credentials-ended": (scene) =>
    s3Answer(scene, s3BadRequest("ExpiredToken", "The provided token has expired.")),
  "ecr-not-logged-in": (scene) =>
    jsonAnswer(403, { errors: [{ code: "DENIED", message: registryDenial }] }, [
      ["Date", scene.now.toUTCString()],
    ]),
  "web-identity-not-trusted": (scene) =>
    stsAnswer(scene, 403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity"),
  "web-identity-token-expired": (scene) => {
    const now = Math.floor(scene.now.getTime() / 1000);
    const message = `Token expired: current date/time ${now} must be before the expiration date/time ${now - 3600}`;
    return stsAnswer(scene, 400, "ExpiredTokenException", message);
  },
};

/** The causes that can be looked at, in order. */
export const refusedCauses = Object.keys(table).filter(isRefusedCause);

/** Whether there is an answer for a cause. */
export function isRefusedCause(name: string): name is RefusedCause {
  return Object.hasOwn(table, name);
}

/** The answer that AWS gives for a cause. */
export function refusedAnswer(cause: RefusedCause, scene: Scene): Answer {
  return table[cause](scene);
}
