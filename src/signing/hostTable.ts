/**
 * What AWS host names mean, from the endpoint models of botocore 1.43.107 and the services' guides.
 * Only what differs from the rule `{signing name}.{region}.{suffix}` stands here.
 */

/** A DNS suffix under which AWS serves its APIs, and the region its region-less ("global") hosts are signed for. */
export interface HostSuffix {
  readonly suffix: string;
  readonly globalRegion: string;
}

/** Longer suffixes before those that end them. */
export const hostSuffixes: readonly HostSuffix[] = [
  { suffix: "api.amazonwebservices.com.cn", globalRegion: "cn-northwest-1" },
  { suffix: "api.amazonwebservices.eu", globalRegion: "eusc-de-east-1" },
  { suffix: "amazonaws.com.cn", globalRegion: "cn-northwest-1" },
  { suffix: "amazonaws.com", globalRegion: "us-east-1" },
  { suffix: "amazonaws.eu", globalRegion: "eusc-de-east-1" },
  { suffix: "api.aws", globalRegion: "us-east-1" },
  { suffix: "on.aws", globalRegion: "us-east-1" },
  { suffix: "c2s.ic.gov", globalRegion: "us-iso-east-1" },
  { suffix: "api.aws.ic.gov", globalRegion: "us-iso-east-1" },
  { suffix: "sc2s.sgov.gov", globalRegion: "us-isob-east-1" },
  { suffix: "api.aws.scloud", globalRegion: "us-isob-east-1" },
  { suffix: "csp.hci.ic.gov", globalRegion: "us-isof-south-1" },
  { suffix: "api.aws.hci.ic.gov", globalRegion: "us-isof-south-1" },
  { suffix: "cloud.adc-e.uk", globalRegion: "eu-isoe-west-1" },
  { suffix: "api.cloud-aws.adc-e.uk", globalRegion: "eu-isoe-west-1" },
];

/** Signing name → the host labels (before the region) that stand for it. `*.x` means: x with something before it. */
const labelsBySigningName: Readonly<Record<string, readonly string[]>> = {
  "agent-registry": ["agent-registry-control"],
  aoss: ["aoss"],
  appconfig: ["appconfigdata"],
  appstream: ["appstream2"],
  appsync: ["appsync-api", "appsync-realtime-api"],
  aps: ["aps-workspaces"],
  awsssoportal: ["portal.sso"],
  "aws-marketplace": [
    "agreement-marketplace",
    "catalog.marketplace",
    "deployment-marketplace",
    "discovery-marketplace",
    "entitlement-marketplace",
    "entitlement.marketplace",
    "metering-marketplace",
    "metering.marketplace",
    "reporting-marketplace",
  ],
  bedrock: [
    "bedrock-agent",
    "bedrock-agent-runtime",
    "bedrock-data-automation",
    "bedrock-data-automation-runtime",
    "bedrock-runtime",
  ],
  "bedrock-agentcore": ["bedrock-agentcore-control"],
  cassandra: ["cassandra-streams"],
  chime: ["identity-chime", "media-pipelines-chime", "meetings-chime", "messaging-chime", "voice-chime"],
  cloudhsm: ["cloudhsmv2"],
  cloudsearch: ["cloudsearchdomain"],
  cloudwatch: ["cloudwatch-omni"],
  codecommit: ["git-codecommit"],
  connect: ["contact-lens"],
  dynamodb: ["streams-dynamodb", "streams.dynamodb", "ddb"],
  "ecr-public": ["api.ecr-public"],
  elasticfilesystem: ["efs"],
  "emr-serverless": ["emr-serverless-services"],
  es: ["aos", "es"],
  events: ["eventsv2"],
  "execute-api": ["execute-api", "participant.connect"],
  forecast: ["forecastquery"],
  "geo-maps": ["maps.geo"],
  "geo-places": ["places.geo"],
  "geo-routes": ["routes.geo"],
  iam: ["iam-toolbox"],
  IngestionService: ["importexport"],
  "iot-jobs-data": ["jobs.iot"],
  iotdata: ["*.iot", "data.ats.iot"],
  ioteventsdata: ["data.iotevents"],
  IoTSecuredTunneling: ["api.iot-tunneling", "api.tunneling.iot"],
  ivs: ["ivsrealtime"],
  kafka: ["kafka-api"],
  kinesis: ["control-kinesis", "data-kinesis"],
  lambda: ["lambda-url", "lambda-web"],
  lex: ["models-v2-lex", "models.lex", "runtime-v2-lex", "runtime.lex"],
  logs: ["streaming-logs"],
  "medical-imaging": ["runtime-medical-imaging"],
  memorydb: ["memory-db"],
  mgh: ["migrationhub-config"],
  mobiletargeting: ["pinpoint"],
  "neptune-db": ["*.neptune"],
  omics: ["analytics-omics", "control-storage-omics", "storage-omics", "tags-omics", "workflows-omics"],
  partnercentral: ["partnercentral-prm"],
  personalize: ["personalize-events", "personalize-runtime"],
  "route53-recovery-control-config": ["arc-recovery-control-config"],
  s3: ["s3", "s3-accelerate", "s3-accesspoint", "s3-control", "s3-external-1"],
  "s3-object-lambda": ["s3-object-lambda"],
  "s3-outposts": ["s3-outposts"],
  s3express: ["s3express-control"],
  servicecatalog: ["servicecatalog-appregistry"],
  servicediscovery: ["data-servicediscovery"],
  ses: ["email", "mail-manager"],
  signer: ["data-signer"],
  "sms-voice": ["sms-voice.pinpoint"],
  sqs: ["queue"],
  "sso-oauth": ["oidc"],
  states: ["sync-states"],
  timestream: ["ingest.timestream", "query.timestream", "timestream-ingest", "timestream-query"],
  transcribe: ["transcribestreaming"],
  "vpc-lattice-svcs": ["vpc-lattice-svcs"],
};

/** Host labels → signing name. */
export const signingNames: ReadonlyMap<string, string> = new Map(
  Object.entries(labelsBySigningName).flatMap(([name, labels]) => labels.map((label) => [label, name])),
);

/** Hosts under AWS suffixes that take no signature of the person's own: what they are, in words. */
export const notSigned: ReadonlyMap<string, string> = new Map([
  ["*.elb", "is a load balancer"],
  ["*.compute", "is an EC2 instance"],
  ["*.compute-1", "is an EC2 instance"],
  ["*.rds", "is a database"],
  ["*.docdb", "is a database"],
  ["*.redshift", "is a database"],
  ["*.redshift-serverless", "is a database"],
  ["*.cache", "is a cache"],
  ["*.eks", "is a Kubernetes cluster, which takes bearer tokens"],
  ["dkr.ecr", "is a container registry, which takes a password"],
  ["dkr-ecr", "is a container registry, which takes a password"],
  ["d.codeartifact", "is a package repository, which takes a password"],
  ["grafana-workspace", "is a Grafana workspace, which takes its own tokens"],
  ["credentials.iot", "takes a device certificate (mutual TLS)"],
  ["s3-website", "is an S3 website, which takes no signatures"],
]);

/** Label keys (as in `signingNames`) of API services whose operations are called unsigned. */
export const unsignedServices: ReadonlySet<string> = new Set(["cognito-idp", "oidc", "portal.sso"]);

/** Hosts that span regions: only SigV4A signs for them. Label keys → signing name. */
export const multiRegion: ReadonlyMap<string, string> = new Map([
  ["accesspoint.s3-global", "s3"],
  ["endpoint.events", "events"],
  ["cloudfront-kvs", "cloudfront-keyvaluestore"],
]);

/** Label keys of hosts that span regions only where they say `global` in the region's place. */
export const multiRegionWhereGlobal: ReadonlySet<string> = new Set(["lambda-web"]);

/** Services that write the region before their own label: `search-x.eu-west-1.es.amazonaws.com`. */
export const regionBeforeService: ReadonlySet<string> = new Set([
  "aoss",
  "cache",
  "cloudsearch",
  "compute",
  "docdb",
  "eks",
  "elasticmapreduce",
  "elb",
  "es",
  "neptune",
  "neptune-graph",
  "queue",
  "rds",
  "redshift",
  "redshift-serverless",
]);

/** Signing name → the one region of the commercial partition it is signed for, whatever its host says. */
export const onlyRegion: ReadonlyMap<string, string> = new Map([
  ["IngestionService", "us-east-1"],
  ["sustainability", "us-east-1"],
]);

/** Signing name → its home, where that is not the home of most: what a host without a region is signed for. */
export const homeRegion: ReadonlyMap<string, string> = new Map([["globalaccelerator", "us-west-2"]]);

/** Other signing names that one and the same host takes for some of its paths, with the case in words. */
export const alternativeNames: ReadonlyMap<string, readonly string[]> = new Map([
  ["iotdata", ["iotdevicegateway (MQTT over WebSocket, /mqtt)", "iot-jobs-data (jobs)"]],
  ["geo-maps", ["geo (Location API before v2)"]],
  ["geo-places", ["geo (Location API before v2)"]],
  ["geo-routes", ["geo (Location API before v2)"]],
]);

/** The only services under `on.aws`, where everything else is somebody's own application. */
export const onAwsServices: ReadonlySet<string> = new Set([
  "aos",
  "aoss",
  "lambda-url",
  "lambda-web",
  "vpc-lattice-svcs",
]);
