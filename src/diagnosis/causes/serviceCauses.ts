/** Causes in the service that was called, and in the client that called it. */
export const serviceCauses = {
  "apigw-resource-policy": {
    title: "The API's resource policy does not allow it",
    signs: '"User: anonymous is not authorized to perform: execute-api:Invoke".',
    fix: "Allow the caller in the API's resource policy, and redeploy.",
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html",
  },
  "apigw-private-endpoint": {
    title: "A private API was reached in another way than it allows",
    signs: "The same for a private API, or a bare Forbidden from a VPC endpoint's host.",
    fix: "Call it through its VPC endpoint, with its own host or x-apigw-api-id, and allow the endpoint in its policy.",
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-test-invoke-url.html",
  },
  "apigw-http-api-iam-forbidden": {
    title: "The caller may not invoke the API",
    signs: 'A bare {"message":"Forbidden"} from an HTTP or WebSocket API to a request that was signed well.',
    fix: "Allow execute-api:Invoke on the route for the caller.",
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html",
  },
  "apigw-api-key": {
    title: "The API key is missing or not good for this stage",
    signs: 'A bare {"message":"Forbidden"}, or "Invalid API Key identifier specified".',
    fix: "Send x-api-key, with a key whose usage plan has this stage.",
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html",
  },
  "apigw-waf": {
    title: "A web application firewall blocked it",
    signs: `A bare Forbidden, or CloudFront's "Request blocked", to a large or suspicious body.`,
    fix: "Look at the WAF's sampled requests; the size of the body is a common cause.",
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-aws-waf.html",
  },
  "apigw-domain-mapping": {
    title: "The domain is not mapped to the API",
    signs: "A bare Forbidden from a domain of one's own or CloudFront, while the default host works.",
    fix: "Check the custom domain's mapping; CloudFront must not forward the viewer's Host.",
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html",
  },
  "apigw-endpoint-disabled": {
    title: "The API's default endpoint is disabled",
    signs: "A bare Forbidden (REST) or 404 Not Found (HTTP) from the default host for every path.",
    fix: "Call the API by its custom domain.",
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html",
  },
  "apigw-lambda-authorizer-deny": {
    title: "The API's authorizer denied it",
    signs: '"User is not authorized to access this resource".',
    fix: "Look at the policy that the authorizer returns; it is cached, and may name one method only.",
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html",
  },
  "lambda-url-permission": {
    title: "The caller may not invoke the function URL",
    signs:
      '{"Message":"Forbidden"}, with or without a link to the troubleshooting of function URLs, from *.lambda-url.*.on.aws.',
    fix: "Allow lambda:InvokeFunctionUrl and lambda:InvokeFunction for the caller.",
    page: "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
  },
  "appsync-iam-denied": {
    title: "The caller may not run this GraphQL operation",
    signs:
      'UnauthorizedException: "Permission denied", "You are not authorized to make this call.", "Not Authorized to access …".',
    fix: "Allow appsync:GraphQL on the type and field.",
    page: "https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html",
  },
  "appsync-wrong-auth-mode": {
    title: "The API takes another kind of authorization",
    signs: '"Unable to parse JWT token", "Valid authorization header not provided."',
    fix: "Use the authorization mode of the API.",
    page: "https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html",
  },
  "appsync-realtime-auth": {
    title: "The WebSocket handshake was not authorised as AppSync wants it",
    signs: "connection_error at the WebSocket's start, while calls over HTTP work.",
    fix: "Sign /graphql/connect (or /event/realtime) with the body {} and give all headers in `header=`.",
    page: "https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html",
  },
  "opensearch-fgac": {
    title: "OpenSearch's own access control denies it",
    signs: 'security_exception: "no permissions for […] and User [name=…]".',
    fix: "Map the caller's ARN to a role of OpenSearch.",
    page: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html",
  },
  "aoss-data-access": {
    title: "The collection's access policies do not allow it",
    signs:
      '"User does not have permissions for the requested resource", or a bare Forbidden from a collection.',
    fix: "Allow the caller in the data access policy, with aoss:APIAccessAll in IAM.",
    page: "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html",
  },
  "iot-policy": {
    title: "The IoT policy does not allow it",
    signs: "ForbiddenException from IoT's data endpoint.",
    fix: "Attach an IoT policy to the identity, beside its IAM policy.",
    page: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html",
  },
  "bedrock-model-access": {
    title: "The account has no access to the model",
    signs: `"You don't have access to the model with the specified model ID."`,
    fix: "Request access to the model in that region.",
    page: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html",
  },
  "client-sso-expired": {
    title: "The SSO session has expired",
    signs: "Nothing was sent: the token of the SSO session has expired or is missing.",
    fix: "Sign in again: `aws sso login --profile NAME`.",
    page: "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html",
  },
  "client-login-expired": {
    title: "The console sign-in has ended, or may not be used",
    signs: `Nothing was sent: "Please reauthenticate using 'aws login'".`,
    fix: "Sign in again: `aws login`.",
    page: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-login-credentials.html",
  },
  "client-no-credentials": {
    title: "The client found no credentials",
    signs: 'Nothing was sent: "Unable to locate credentials", "Partial credentials found".',
    fix: "Name a profile, or set whole keys in the environment.",
    page: "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html",
  },
  "client-profile-missing": {
    title: "The client did not find the profile",
    signs: 'Nothing was sent: "The config profile (…) could not be found", or a loop of source_profile.',
    fix: "Correct the profile's name, or its source_profile.",
    page: "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html",
  },
  "client-no-region": {
    title: "The client has no region",
    signs: 'Nothing was sent: "You must specify a region."',
    fix: "Name a region.",
    page: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html",
  },
  "client-imds": {
    title: "The machine gives no credentials",
    signs: "Nothing was sent: the instance's or container's metadata gave no credentials.",
    fix: "Give the instance or task a role, or name another source of credentials.",
    page: "https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html",
  },
  "apigw-get-with-body": {
    title: "CloudFront takes no GET or HEAD with a body",
    signs: `CloudFront's page "The request could not be satisfied … Bad request" to a GET or HEAD with a body.`,
    fix: "Send no body, or use POST.",
    page: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html",
  },
  "apigw-authorizer-identity-source": {
    title: "The authorizer's token is missing",
    signs: '401 {"message":"Unauthorized"} with UnauthorizedException: an IAM route never answers 401.',
    fix: "Send the header or parameter that the authorizer names.",
    page: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html",
  },
} as const;
