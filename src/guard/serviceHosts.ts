/** How an operation is named to a service: `X-Amz-Target`, `Action=`, or the path of Smithy RPC v2 CBOR. */
export type NamingProtocol = "json" | "query" | "cbor";

/** What a host's name says of the service behind it. */
export interface ServiceHost {
  /**
   * The host without region, suffix and the words for FIPS and dual-stack, for one of AWS: `sts`, `portal.sso`,
   * `bucket.s3`. Null for any other host.
   */
  readonly name: string | null;
  /** The endpoint prefix of a service that is called by naming an operation; else null. */
  readonly service: string | null;
  /** The ways in which that service is called; empty for every other host. */
  readonly protocols: ReadonlySet<NamingProtocol>;
}

// The endpoint prefixes of botocore's service models (1.43.107, Apache-2.0) whose protocols name operations. SQS and
// CloudWatch speak Query beside what the models prefer.
const json = `acm acm-pca agreement-marketplace airflow-serverless aoss api.ecr api.ecr-public api.pricing
api.sagemaker api.tunneling.iot application-autoscaling apprunner athena autoscaling-plans b2bi
bcm-dashboards bcm-data-exports bcm-pricing-calculator bcm-recommended-actions
bedrock-data-automation-runtime billing budgets cassandra cassandra-streams ce cloud9 cloudcontrolapi
cloudhsm cloudhsmv2 cloudtrail codebuild codecommit codeconnections codedeploy codepipeline
codestar-connections cognito-identity cognito-idp comprehend config controlplane.payment-cryptography
cost-optimization-hub cur datapipeline datasync dax devicefarm directconnect discovery dms ds dynamodb
ec2-instance-connect ecs elasticmapreduce events evs firehose fms forecast forecastquery frauddetector
freetier fsx globalaccelerator glue health healthlake identitystore ingest.timestream inspector
invoicing iotfleetwise iotthingsgraph kendra kinesis kinesisanalytics kms license-manager lightsail logs
lookoutequipment machinelearning marketplacecommerceanalytics mediastore memory-db metering.marketplace
mgh migrationhub-config mturk-requester network-firewall odb organizations partnercentral-account
partnercentral-benefits partnercentral-channel partnercentral-selling pcs personalize pi proton
query.timestream redshift-data redshift-serverless rekognition route53-recovery-cluster route53domains
route53resolver secretsmanager servicecatalog servicediscovery servicequotas shield sms-voice ssm
ssm-contacts sso states storagegateway streams.dynamodb support swf tagging textract timestream-influxdb
transcribe transfer translate verifiedpermissions voiceid waf waf-regional wafv2 workmail workspaces`;
const jsonAndCbor = `aco-automation applicationinsights appstream2 arc-region-switch backup-gateway
comprehendmedical compute-optimizer entitlement.marketplace gamelift interconnect kendra-ranking mail-manager
snowball workspaces-instances`;
const query = `autoscaling cloudformation cloudsearch ec2 elasticache elasticbeanstalk elasticloadbalancing email
iam importexport rds redshift sdb sns sts`;

const spoken: ReadonlyMap<string, ReadonlySet<NamingProtocol>> = new Map([
  ...each(json, ["json"]),
  ...each(jsonAndCbor, ["json", "cbor"]),
  ...each(query, ["query"]),
  ...each("cloudwatch-omni eventsv2 partnercentral-prm", ["cbor"]),
  ...each("monitoring", ["json", "query", "cbor"]),
  ...each("sqs", ["json", "query"]),
]);

/** Other names that a service answers to: of dual-stack endpoints, of single partitions, of earlier years. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["streams-dynamodb", "streams.dynamodb"],
  ["ecr", "api.ecr"],
  ["ecr-public", "api.ecr-public"],
  ["api.iot-tunneling", "api.tunneling.iot"],
  ["entitlement-marketplace", "entitlement.marketplace"],
  ["metering-marketplace", "metering.marketplace"],
  ["timestream-query", "query.timestream"],
  ["timestream-ingest", "ingest.timestream"],
  ["cn.transcribe", "transcribe"],
  ["fips.transcribe", "transcribe"],
  ["queue", "sqs"],
  ["global.health", "health"],
]);

/** The suffixes of every partition, plain and dual-stack, and of the sign-in service. */
const suffix =
  /\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|api\.aws|api\.amazonwebservices\.(?:com\.cn|eu)|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov|api\.aws\.(?:ic\.gov|scloud|hci\.ic\.gov)|api\.cloud-aws\.adc-e\.uk|aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)$/;

const region = "(?:[a-z]{2,4}(?:-[a-z]+){1,3}-\\d{1,2}|us-gov|global)";
const regionBehind = new RegExp(`\\.${region}$`);
const regionBefore = new RegExp(`^${region}\\.(queue|signin)$`);

/**
 * What a host's name says: its service and how that is called. A name that is not known for certain gives no protocol.
 * @param host ASCII, without port
 */
export function readServiceHost(host: string): ServiceHost {
  const plain = host.toLowerCase().replace(/\.$/, "");
  const end = suffix.exec(plain);
  if (end === null) return { name: null, service: null, protocols: new Set() };
  const name = plain
    .slice(0, end.index)
    .replace(/^vpce-[a-z0-9-]+\.(.+)\.vpce$/, "$1")
    .replace(regionBehind, "")
    .replace(regionBefore, "$1")
    .replace(/^\d{12}\.ddb$/, "dynamodb")
    .replace(/\.dualstack$/, "")
    .replace(/-fips(?=\.|$)/, "");
  const service = aliases.get(name) ?? name;
  const protocols = spoken.get(service);
  return { name, service: protocols === undefined ? null : service, protocols: protocols ?? new Set() };
}

function each(
  prefixes: string,
  protocols: readonly NamingProtocol[],
): readonly (readonly [string, ReadonlySet<NamingProtocol>])[] {
  return prefixes.split(/\s+/).map((prefix) => [prefix, new Set(protocols)]);
}
