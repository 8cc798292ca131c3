/** Causes in the service that was called, and in the client that called it. */
export const serviceCauses = {
  "apigw-resource-policy": {
    title: "The API's resource policy does not allow it",
    fix: "Allow the caller in the API's resource policy, and redeploy.",
  },
  "apigw-private-endpoint": {
    title: "A private API was reached in another way than it allows",
    fix: "Call it through its VPC endpoint, with its own host or x-apigw-api-id, and allow the endpoint in its policy.",
  },
  "apigw-http-api-iam-forbidden": {
    title: "The caller may not invoke the API",
    fix: "Allow execute-api:Invoke on the route for the caller.",
  },
  "apigw-api-key": {
    title: "The API key is missing or not good for this stage",
    fix: "Send x-api-key, with a key whose usage plan has this stage.",
  },
  "apigw-waf": {
    title: "A web application firewall blocked it",
    fix: "Look at the WAF's sampled requests; the size of the body is a common cause.",
  },
  "apigw-domain-mapping": {
    title: "The domain is not mapped to the API",
    fix: "Check the custom domain's mapping; CloudFront must not forward the viewer's Host.",
  },
  "apigw-endpoint-disabled": {
    title: "The API's default endpoint is disabled",
    fix: "Call the API by its custom domain.",
  },
  "apigw-lambda-authorizer-deny": {
    title: "The API's authorizer denied it",
    fix: "Look at the policy that the authorizer returns; it is cached, and may name one method only.",
  },
  "lambda-url-permission": {
    title: "The caller may not invoke the function URL",
    fix: "Allow lambda:InvokeFunctionUrl and lambda:InvokeFunction for the caller.",
  },
  "appsync-iam-denied": {
    title: "The caller may not run this GraphQL operation",
    fix: "Allow appsync:GraphQL on the type and field.",
  },
  "appsync-wrong-auth-mode": {
    title: "The API takes another kind of authorization",
    fix: "Use the authorization mode of the API.",
  },
  "appsync-realtime-auth": {
    title: "The WebSocket handshake was not authorised as AppSync wants it",
    fix: "Sign /graphql/connect (or /event/realtime) with the body {} and give all headers in `header=`.",
  },
  "opensearch-fgac": {
    title: "OpenSearch's own access control denies it",
    fix: "Map the caller's ARN to a role of OpenSearch.",
  },
  "aoss-data-access": {
    title: "The collection's access policies do not allow it",
    fix: "Allow the caller in the data access policy, with aoss:APIAccessAll in IAM.",
  },
  "iot-policy": {
    title: "The IoT policy does not allow it",
    fix: "Attach an IoT policy to the identity, beside its IAM policy.",
  },
  "bedrock-model-access": {
    title: "The account has no access to the model",
    fix: "Request access to the model in that region.",
  },
  "client-sso-expired": {
    title: "The SSO session has expired",
    fix: "Sign in again: `aws sso login --profile NAME`.",
  },
  "client-login-expired": {
    title: "The console sign-in has ended, or may not be used",
    fix: "Sign in again: `aws login`.",
  },
  "client-no-credentials": {
    title: "The client found no credentials",
    fix: "Name a profile, or set whole keys in the environment.",
  },
  "client-profile-missing": {
    title: "The client did not find the profile",
    fix: "Correct the profile's name, or its source_profile.",
  },
  "client-no-region": {
    title: "The client has no region",
    fix: "Name a region.",
  },
  "client-imds": {
    title: "The machine gives no credentials",
    fix: "Give the instance or task a role, or name another source of credentials.",
  },
  "apigw-get-with-body": {
    title: "CloudFront takes no GET or HEAD with a body",
    fix: "Send no body, or use POST.",
  },
  "apigw-authorizer-identity-source": {
    title: "The authorizer's token is missing",
    fix: "Send the header or parameter that the authorizer names.",
  },
} as const;
