import type { TripInput } from "../../../src/editor/trips/tripInput.ts";
import type { WorldFiles } from "./previewWorld.ts";

/** A request and what is around it; what the send does is not written down: the send itself says it. */
export interface PreviewRow {
  readonly name: string;
  readonly text: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: WorldFiles;
  readonly changes?: Partial<TripInput>;
}

const api = "GET https://abc.execute-api.eu-west-1.amazonaws.com/prod\n";
const own = "GET https://api.pets.example/prod\n";
const said = (value: string) => ({ value, source: "somewhere" });
const envKeys = {
  AWS_ACCESS_KEY_ID: "AKIAPREVIEWENVIRONME",
  AWS_SECRET_ACCESS_KEY: "preview/secret/of/the/environment",
};
const presigned = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0a1b";
const role = "arn:aws:iam::111122223333:role/reader";

/** Whether a request is signed at all. */
const authRows: readonly PreviewRow[] = [
  ["an AWS host", api],
  ["@auth none", `# @auth none\n${api}`],
  ["@auth none of the file, @auth iam of the request", `# @auth none\n\n###\n# @auth iam\n${api}`],
  ["@auth iam on a host of one's own, without a service", `# @auth iam\n${own}`],
  ["a typed Authorization", `${api}Authorization: Bearer x\n`],
  ["a typed Authorization in lower case", `${own}authorization: Bearer x\n`],
  ["a typed Authorization and @service", `# @service execute-api\n${own}Authorization: Bearer x\n`],
  ["a typed Authorization and @auth iam", `# @auth iam\n${api}Authorization: Bearer x\n`],
  ["an empty Authorization", `${api}Authorization:\n`],
  ["an Authorization that a variable leaves empty", `@token =\n${api}Authorization: {{token}}\n`],
  ["a header whose name a variable gives", `@name = Authorization\n\n###\n${api}{{name}}: Bearer x\n`],
  ["a presigned URL", `GET https://b.s3.eu-west-1.amazonaws.com/k?${presigned}\n`],
  [
    "a presigned URL in lower case",
    `GET https://b.s3.eu-west-1.amazonaws.com/k?${presigned.toLowerCase()}\n`,
  ],
  [
    "a presigned URL on lines of its own",
    `GET https://b.s3.eu-west-1.amazonaws.com/k\n  ?X-Amz-Date=20260101T000000Z\n  &X-Amz-Signature=0a1b\n`,
  ],
  [
    "a presigned URL out of a variable",
    `@url = https://b.s3.eu-west-1.amazonaws.com/k?${presigned}\n\n###\nGET {{url}}\n`,
  ],
  [
    "a presigned URL with @auth iam",
    `# @auth iam\nGET https://b.s3.eu-west-1.amazonaws.com/k?${presigned}\n`,
  ],
  ["cognito-idp", "POST https://cognito-idp.eu-west-1.amazonaws.com/\n\n{}\n"],
  [
    "cognito-idp with @service",
    "# @service cognito-idp\nPOST https://cognito-idp.eu-west-1.amazonaws.com/\n\n{}\n",
  ],
  [
    "cognito-idp under a profile of the file",
    "# @profile dev\n\n###\nPOST https://cognito-idp.eu-west-1.amazonaws.com/\n\n{}\n",
  ],
  ["oidc", "POST https://oidc.eu-west-1.amazonaws.com/token\n\n{}\n"],
  ["portal.sso", "GET https://portal.sso.eu-west-1.amazonaws.com/federation/credentials\n"],
  ["a host of one's own", own],
  ["a host of one's own under a profile of the file", `# @profile dev\n\n###\n${own}`],
  ["a host of one's own under the request's profile", `# @profile dev\n${own}`],
  ["a host of one's own with @service", `# @service execute-api\n# @region eu-west-1\n${own}`],
  ["what AWS hosts for others", "GET http://my-lb.eu-west-1.elb.amazonaws.com/\n"],
  ["a host that spans regions", "GET https://x.mrap.accesspoint.s3-global.amazonaws.com/k\n"],
  ["a typed X-Amz-Date", `${api}X-Amz-Date: 20260101T000000Z\n`],
  [
    "@auth presign with a body",
    `# @auth presign\nPOST https://abc.execute-api.eu-west-1.amazonaws.com/prod\n\nhello\n`,
  ],
  ["plain http with keys", "# @service execute-api\n# @region eu-west-1\nGET http://api.pets.example/prod\n"],
  ["an address of a metadata service", "GET http://169.254.169.254/latest/meta-data/\n"],
  ["a variable that is not defined", "GET https://{{nowhere}}.execute-api.eu-west-1.amazonaws.com/\n"],
  [
    "a variable of the body that is not defined",
    `POST https://abc.execute-api.eu-west-1.amazonaws.com/\n\n{{nowhere}}\n`,
  ],
  [
    "variables that hold each other",
    "@a = {{b}}\n@b = {{a}}\n\n###\n# @profile {{a}}\nGET https://x.example/\n",
  ],
  ["a directive that cannot be", `# @region not a region\n${api}`],
  [
    "a body from a file",
    `POST https://abc.execute-api.eu-west-1.amazonaws.com/\nContent-Length: 4\n\n< ./body.txt\n`,
  ],
].map(([name = "", text = ""]) => ({ name, text, files: { "folder/body.txt": "four" } }));

const otherTools = { fileName: "a.http", sendsAsTyped: true };

/** Whether a request is signed that nothing decides, by the kind of its file. */
const fileRows: readonly PreviewRow[] = [
  ["no word", own],
  ["a profile of the file", `# @profile dev\n\n###\n${own}`],
  ["the request's profile, without a region", `# @profile ops\n${own}`],
  ["the request's profile and region", `# @profile dev\n# @region eu-west-1\n${own}`],
  ["@auth iam of the file", `# @auth iam\n# @region eu-west-1\n\n###\n${own}`],
  ["@auth none", `# @auth none\n${own}`],
  ["@service", `# @service lambda\n# @region eu-west-1\n${own}`],
  ["an AWS host", api],
  ["a typed Authorization", `# @profile dev\n${own}Authorization: Bearer x\n`],
  ["plain http", "GET http://api.pets.example/prod\n"],
].flatMap(([name = "", text = ""]) => [
  { name: `${name}, in an .http file`, text, changes: otherTools },
  {
    name: `${name}, in an .http file under a pick`,
    text,
    changes: { ...otherTools, pickedProfile: said("ops") },
  },
  { name: `${name}, in an .awsreq file under a pick`, text, changes: { pickedProfile: said("ops") } },
]);

/** Who signs. */
const signerRows: readonly PreviewRow[] = [
  { name: "nobody chose", text: api },
  { name: "the request's own profile", text: `# @profile dev\n${api}` },
  { name: "a pick for the session", text: `# @profile dev\n${api}`, changes: { pickedProfile: said("ops") } },
  { name: "a setting", text: api, changes: { configuredProfile: said("set") } },
  {
    name: "a setting behind @profile",
    text: `# @profile dev\n${api}`,
    changes: { configuredProfile: said("set") },
  },
  { name: ".env", text: api, files: { "folder/.env": "AWS_PROFILE=dot\n" } },
  { name: ".env of AWS_DEFAULT_PROFILE", text: api, files: { "folder/.env": "AWS_DEFAULT_PROFILE=dot\n" } },
  {
    name: ".env before the environment",
    text: api,
    files: { "folder/.env": "AWS_PROFILE=dot\n" },
    env: { AWS_PROFILE: "env" },
  },
  { name: "AWS_PROFILE", text: api, env: { AWS_PROFILE: "env" } },
  { name: "AWS_DEFAULT_PROFILE", text: api, env: { AWS_DEFAULT_PROFILE: "env" } },
  {
    name: "AWS_PROFILE before AWS_DEFAULT_PROFILE",
    text: api,
    env: { AWS_PROFILE: "env", AWS_DEFAULT_PROFILE: "ops" },
  },
  { name: "an empty AWS_PROFILE", text: api, env: { AWS_PROFILE: "" } },
  { name: "AWS_PROFILE before keys", text: api, env: { AWS_PROFILE: "env", ...envKeys } },
  { name: "keys of the environment", text: api, env: envKeys },
  { name: "the id alone", text: api, env: { AWS_ACCESS_KEY_ID: "AKIAPREVIEWENVIRONME" } },
  {
    name: "the secret alone",
    text: api,
    env: { AWS_SECRET_ACCESS_KEY: "preview/secret/of/the/environment" },
  },
  { name: "an empty secret", text: api, env: { ...envKeys, AWS_SECRET_ACCESS_KEY: "" } },
  { name: "a key with blanks", text: api, env: { ...envKeys, AWS_SECRET_ACCESS_KEY: " x " } },
  {
    name: "half of the keys behind a profile",
    text: `# @profile dev\n${api}`,
    env: { AWS_SECRET_ACCESS_KEY: "x" },
  },
  { name: "an end that is no time", text: api, env: { ...envKeys, AWS_CREDENTIAL_EXPIRATION: "soon" } },
  { name: "a web identity without a role", text: api, env: { AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere" } },
  {
    name: "samconfig.toml",
    text: api,
    files: { "folder/samconfig.toml": '[default.global.parameters]\nprofile = "sam"\n' },
  },
  {
    name: "samconfig.toml behind keys",
    text: api,
    env: envKeys,
    files: { "folder/samconfig.toml": '[default.global.parameters]\nprofile = "sam"\n' },
  },
  { name: "an empty name of a pick", text: api, changes: { pickedProfile: said("") } },
  { name: "the local profile elsewhere", text: `# @profile awsreq-local\n${api}` },
  {
    name: "the local profile with a role",
    text: `# @profile awsreq-local\n# @role ${role}\n# @service s3\n# @region eu-west-1\nGET http://127.0.0.1:1/\n`,
  },
  { name: "a profile that does not exist", text: `# @profile nobody\n${api}` },
  {
    name: "machine credentials where there is no default",
    text: api,
    files: { "home/.aws/credentials": "" },
    changes: { machineCredentials: true },
    env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/keys" },
  },
  { name: "machine credentials where default has keys", text: api, changes: { machineCredentials: true } },
  { name: "machine credentials off", text: api, files: { "home/.aws/credentials": "" } },
  {
    name: "a role of default before a web identity",
    text: api,
    env: { AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere", AWS_ROLE_ARN: role },
    files: { "home/.aws/config": `[default]\nrole_arn = ${role}\nsource_profile = dev\n` },
  },
  {
    name: "a profile out of a private environment",
    text: `# @profile {{who}}\n${api}`,
    files: {
      "folder/http-client.env.json": '{"x": {"who": "ops"}}',
      "folder/http-client.private.env.json": '{"x": {"who": "dev"}}',
    },
  },
  {
    name: "a profile out of an allowed variable",
    text: `# @profile {{$processEnv WHO}}\n${api}`,
    env: { WHO: "dev" },
    changes: { allowedProcessEnv: ["WHO"] },
  },
  {
    name: "a profile out of a variable that is not allowed",
    text: `# @profile {{$processEnv WHO}}\n${api}`,
    env: { WHO: "dev" },
  },
  ...["", "# @profile ops\n", "# @auth none\n", "# @auth iam\n"].map((above) => ({
    name: `keys of the private environment, under "${above.trim()}"`,
    text: `${above}${api}Authorization: AWS {{id}} {{secret}}\n`,
    files: {
      "folder/http-client.private.env.json": JSON.stringify({
        x: { id: "AKIAPREVIEWPRIVATEKE", secret: "preview/secret/of/the/private/environmen" },
      }),
    },
  })),
  {
    name: "keys of the shared environment",
    text: `${api}Authorization: AWS {{id}} {{secret}}\n`,
    files: { "folder/http-client.env.json": '{"x": {"id": "AKIAPREVIEWPRIVATEKE", "secret": "shared"}}' },
  },
  { name: "a workspace that is not trusted", text: `# @profile dev\n${api}`, changes: { trusted: false } },
];

const config =
  "[default]\nregion = eu-north-1\n\n[profile dev]\nregion = eu-central-1\n\n[profile bare]\noutput = json\n";

/** For where. */
const scopeRows: readonly PreviewRow[] = [
  {
    name: "the region of the profile",
    text: `# @service execute-api\n# @profile dev\n${own}`,
    files: { "home/.aws/config": config },
  },
  {
    name: "the region of default",
    text: `# @service execute-api\n${own}`,
    files: { "home/.aws/config": config },
  },
  {
    name: "AWS_REGION before the profile's",
    text: `# @service execute-api\n# @profile dev\n${own}`,
    files: { "home/.aws/config": config },
    env: { AWS_REGION: "us-west-2" },
  },
  {
    name: "AWS_DEFAULT_REGION before the profile's",
    text: `# @service execute-api\n# @profile dev\n${own}`,
    files: { "home/.aws/config": config },
    env: { AWS_DEFAULT_REGION: "us-west-1" },
  },
  {
    name: "a setting before the environment",
    text: `# @service execute-api\n${own}`,
    env: { AWS_REGION: "us-west-2" },
    changes: { configuredRegion: said("eu-south-1") },
  },
  {
    name: ".env before the environment",
    text: `# @service execute-api\n${own}`,
    env: { AWS_REGION: "us-west-2" },
    files: { "folder/.env": "AWS_REGION=ap-south-1\n" },
  },
  {
    name: "the profile's before samconfig.toml's",
    text: `# @service execute-api\n# @profile dev\n${own}`,
    files: {
      "home/.aws/config": config,
      "folder/samconfig.toml": '[default.global.parameters]\nregion = "sa-east-1"\n',
    },
  },
  {
    name: "samconfig.toml's where the profile has none",
    text: `# @service execute-api\n# @profile ops\n${own}`,
    files: {
      "home/.aws/config": config,
      "folder/samconfig.toml": '[default.global.parameters]\nregion = "sa-east-1"\n',
    },
  },
  {
    name: "keys of the environment beside a config",
    text: `# @service execute-api\n${own}`,
    env: envKeys,
    files: { "home/.aws/config": config },
  },
  {
    name: "no region anywhere",
    text: `# @service execute-api\n# @profile ops\n${own}`,
    files: { "home/.aws/config": config },
  },
  { name: "@region before the host", text: `# @region us-east-1\n${api}` },
  { name: "@service before the host", text: `# @service s3\n${api}` },
  {
    name: "a region that is not the host's",
    text: `# @profile dev\n${api}`,
    files: { "home/.aws/config": config },
  },
  {
    name: "a host without region",
    text: "GET https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08\n",
  },
  {
    name: "a region out of the environment file",
    text: "# @region {{region}}\n# @service execute-api\nGET https://{{host}}/\n",
    files: { "folder/http-client.env.json": '{"x": {"region": "eu-west-2", "host": "api.pets.example"}}' },
  },
  {
    name: "a config file elsewhere",
    text: `# @service execute-api\n# @profile dev\n${own}`,
    env: { AWS_CONFIG_FILE: "~/other" },
    files: { "home/other": "[profile dev]\nregion = ca-central-1\n", "home/.aws/config": config },
  },
  {
    name: "a config file that is no INI",
    text: `# @service execute-api\n# @profile dev\n${own}`,
    files: { "home/.aws/config": "[profile dev\nregion = x\n" },
  },
  {
    name: "a config file that is no INI, and keys of the environment",
    text: api,
    env: envKeys,
    files: { "home/.aws/config": "[profile dev\n" },
  },
  {
    name: "a config file that is no text",
    text: `# @profile dev\n${api}`,
    files: { "home/.aws/config": "\u0000\u0001" },
  },
  {
    name: "a role for once",
    text: `# @profile dev\n# @role ${role}\n${api}`,
    env: { AWS_ENDPOINT_URL_STS: "http://127.0.0.1:1" },
  },
  {
    name: "a cloud of one's own",
    text: "# @service s3\n# @region RegionOne\nGET https://objects.cloud.example/b\n",
  },
  {
    name: "the region for once",
    text: `# @region us-east-1\n${api}`,
    changes: { sendAs: { kind: "region", value: "eu-west-3" } },
  },
];

/** Texts × environments × files. */
export const previewRows: readonly PreviewRow[] = [...authRows, ...fileRows, ...signerRows, ...scopeRows];
