import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { hostScope, isAwsHost, isUnsignedService, needsSigV4a } from "../../src/signing/hostScope.ts";

type Row = readonly [host: string, service: string | null, region: string | null];

const rows: readonly Row[] = [
  // API Gateway
  ["abc123.execute-api.eu-west-1.amazonaws.com", "execute-api", "eu-west-1"],
  ["abc123.execute-api.cn-north-1.amazonaws.com.cn", "execute-api", "cn-north-1"],
  ["abc123-vpce-0123456789abcdef0.execute-api.eu-west-1.amazonaws.com", "execute-api", "eu-west-1"],
  ["vpce-0123-abcd.execute-api.us-east-1.vpce.amazonaws.com", "execute-api", "us-east-1"],
  ["vpce-0123-abcd-us-east-1a.execute-api.us-east-1.vpce.amazonaws.com", "execute-api", "us-east-1"],
  ["abc123.execute-api-fips.us-gov-west-1.amazonaws.com", "execute-api", "us-gov-west-1"],
  ["abc123.execute-api.us-west-2.api.aws", "execute-api", "us-west-2"],
  ["participant.connect.us-east-1.amazonaws.com", "execute-api", "us-east-1"],
  // Lambda, AppSync, Lattice
  ["abcdefghijklmnop.lambda-url.ap-southeast-2.on.aws", "lambda", "ap-southeast-2"],
  ["abcdefghijklmnop.lambda-web.ap-southeast-2.on.aws", "lambda", "ap-southeast-2"],
  ["abcdefghijklmnop.lambda-web.global.on.aws", "lambda", null],
  ["lambda.ap-southeast-2.amazonaws.com", "lambda", "ap-southeast-2"],
  ["abc.appsync-api.eu-central-1.amazonaws.com", "appsync", "eu-central-1"],
  ["abc.appsync-realtime-api.eu-central-1.amazonaws.com", "appsync", "eu-central-1"],
  ["pets-0abc.7d67968.vpc-lattice-svcs.us-west-2.on.aws", "vpc-lattice-svcs", "us-west-2"],
  // S3
  ["bucket.s3.eu-west-1.amazonaws.com", "s3", "eu-west-1"],
  ["my.dotted.bucket.s3.eu-west-1.amazonaws.com", "s3", "eu-west-1"],
  ["eu-west-1.s3.amazonaws.com", "s3", "us-east-1"],
  ["eu-west-1.s3.ap-south-1.amazonaws.com", "s3", "ap-south-1"],
  ["s3.eu-west-1.amazonaws.com", "s3", "eu-west-1"],
  ["s3-eu-west-1.amazonaws.com", "s3", "eu-west-1"],
  ["bucket.s3-eu-west-1.amazonaws.com", "s3", "eu-west-1"],
  ["s3-us-gov-west-1.amazonaws.com", "s3", "us-gov-west-1"],
  ["s3-fips-us-gov-west-1.amazonaws.com", "s3", "us-gov-west-1"],
  ["bucket.s3.amazonaws.com", "s3", "us-east-1"],
  ["s3.amazonaws.com", "s3", "us-east-1"],
  ["s3-external-1.amazonaws.com", "s3", "us-east-1"],
  ["s3.dualstack.eu-west-1.amazonaws.com", "s3", "eu-west-1"],
  ["bucket.s3.dualstack.eu-west-1.amazonaws.com", "s3", "eu-west-1"],
  ["bucket.s3-fips.us-east-2.amazonaws.com", "s3", "us-east-2"],
  ["bucket.s3-fips.dualstack.us-east-2.amazonaws.com", "s3", "us-east-2"],
  ["bucket.s3.cn-north-1.amazonaws.com.cn", "s3", "cn-north-1"],
  ["bucket.s3-accelerate.amazonaws.com", "s3", null],
  ["bucket.s3-accelerate.dualstack.amazonaws.com", "s3", null],
  ["ap-123456789012.s3-accesspoint.eu-west-1.amazonaws.com", "s3", "eu-west-1"],
  ["ap-123456789012.s3-accesspoint-fips.dualstack.us-east-1.amazonaws.com", "s3", "us-east-1"],
  ["abc.mrap.accesspoint.s3-global.amazonaws.com", "s3", null],
  ["x-123456789012.s3-object-lambda.eu-west-1.amazonaws.com", "s3-object-lambda", "eu-west-1"],
  ["ap-1.op-0123.s3-outposts.us-east-1.amazonaws.com", "s3-outposts", "us-east-1"],
  ["b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com", "s3express", "us-east-1"],
  ["b--use1-az4--x-s3.s3express-fips-use1-az4.us-east-1.amazonaws.com", "s3express", "us-east-1"],
  ["s3express-control.us-east-1.amazonaws.com", "s3express", "us-east-1"],
  ["123456789012.s3-control.eu-west-1.amazonaws.com", "s3", "eu-west-1"],
  ["bucket.vpce-0abc-xyz.s3.us-east-1.vpce.amazonaws.com", "s3", "us-east-1"],
  ["s3vectors.us-east-1.api.aws", "s3vectors", "us-east-1"],
  ["bucket.s3-website-eu-west-1.amazonaws.com", null, "eu-west-1"],
  ["bucket.s3-website.eu-central-1.amazonaws.com", null, "eu-central-1"],
  // OpenSearch
  ["search-pets-abc.eu-west-1.es.amazonaws.com", "es", "eu-west-1"],
  ["vpc-pets-abc.us-gov-east-1.es.amazonaws.com", "es", "us-gov-east-1"],
  ["search-pets-abc.cn-northwest-1.es.amazonaws.com.cn", "es", "cn-northwest-1"],
  ["search-pets-abc.aos.eu-west-1.on.aws", "es", "eu-west-1"],
  ["es.eu-west-1.amazonaws.com", "es", "eu-west-1"],
  ["abc123.us-east-1.aoss.amazonaws.com", "aoss", "us-east-1"],
  ["aoss.us-east-1.amazonaws.com", "aoss", "us-east-1"],
  // IoT
  ["abc123-ats.iot.eu-west-1.amazonaws.com", "iotdata", "eu-west-1"],
  ["iot.eu-west-1.amazonaws.com", "iot", "eu-west-1"],
  ["data.jobs.iot.eu-west-1.amazonaws.com", "iot-jobs-data", "eu-west-1"],
  ["abc123.credentials.iot.eu-west-1.amazonaws.com", null, "eu-west-1"],
  ["api.tunneling.iot.us-east-1.amazonaws.com", "IoTSecuredTunneling", "us-east-1"],
  ["data.iotevents.us-east-1.amazonaws.com", "ioteventsdata", "us-east-1"],
  ["api.iotwireless.us-east-1.amazonaws.com", "iotwireless", "us-east-1"],
  // global services
  ["sts.amazonaws.com", "sts", "us-east-1"],
  ["sts.eu-west-1.amazonaws.com", "sts", "eu-west-1"],
  ["iam.amazonaws.com", "iam", "us-east-1"],
  ["iam-fips.amazonaws.com", "iam", "us-east-1"],
  ["iam.us-gov.amazonaws.com", "iam", "us-gov-west-1"],
  ["iam.cn-north-1.amazonaws.com.cn", "iam", "cn-north-1"],
  ["route53.amazonaws.com", "route53", "us-east-1"],
  ["route53.us-gov.amazonaws.com", "route53", "us-gov-west-1"],
  ["route53.amazonaws.com.cn", "route53", "cn-northwest-1"],
  ["cloudfront.amazonaws.com", "cloudfront", "us-east-1"],
  ["organizations.us-east-1.amazonaws.com", "organizations", "us-east-1"],
  ["globalaccelerator.amazonaws.com", "globalaccelerator", "us-west-2"],
  ["globalaccelerator.us-west-2.amazonaws.com", "globalaccelerator", "us-west-2"],
  ["iam.global.api.aws", "iam", "us-east-1"],
  ["global.health.amazonaws.com", "health", "us-east-1"],
  ["global.health.amazonaws.com.cn", "health", "cn-northwest-1"],
  ["health.us-east-2.amazonaws.com", "health", "us-east-2"],
  ["iam-toolbox.eu-west-1.amazonaws.com", "iam", "eu-west-1"],
  ["partnercentral-prm.global.api.aws", "partnercentral", "us-east-1"],
  ["eventsv2.eu-west-1.amazonaws.com", "events", "eu-west-1"],
  ["cloudwatch-omni.us-west-2.api.aws", "cloudwatch", "us-west-2"],
  ["agent-registry-control.us-west-2.api.aws", "agent-registry", "us-west-2"],
  ["git-codecommit.us-east-1.amazonaws.com", "codecommit", "us-east-1"],
  ["git-codecommit-fips.us-gov-west-1.amazonaws.com", "codecommit", "us-gov-west-1"],
  ["vpce-0abc-xyz.git-codecommit.us-east-1.vpce.amazonaws.com", "codecommit", "us-east-1"],
  ["abc.veo.endpoint.events.amazonaws.com", "events", null],
  ["123456789012.cloudfront-kvs.global.api.aws", "cloudfront-keyvaluestore", null],
  ["routes.geo.us-gov-west-1.us-gov.amazonaws.com", "geo-routes", "us-gov-west-1"],
  // the rest of the surprises
  ["bedrock-runtime.us-east-1.amazonaws.com", "bedrock", "us-east-1"],
  ["bedrock-agent-runtime.us-east-1.amazonaws.com", "bedrock", "us-east-1"],
  ["bedrock-agentcore.us-east-1.amazonaws.com", "bedrock-agentcore", "us-east-1"],
  ["pets.gateway.bedrock-agentcore.us-east-1.amazonaws.com", "bedrock-agentcore", "us-east-1"],
  ["b-123abc.kinesisvideo.us-west-2.amazonaws.com", "kinesisvideo", "us-west-2"],
  ["aps-workspaces.eu-west-1.amazonaws.com", "aps", "eu-west-1"],
  ["grafana.eu-west-1.amazonaws.com", "grafana", "eu-west-1"],
  ["g-abc.grafana-workspace.eu-west-1.amazonaws.com", null, "eu-west-1"],
  ["db.cluster-abc.eu-west-1.neptune.amazonaws.com", "neptune-db", "eu-west-1"],
  ["db.cluster-abc.neptune.cn-north-1.amazonaws.com.cn", "neptune-db", "cn-north-1"],
  ["g-abc.us-east-1.neptune-graph.amazonaws.com", "neptune-graph", "us-east-1"],
  ["abc.data.mediastore.eu-west-1.amazonaws.com", "mediastore", "eu-west-1"],
  ["runtime.sagemaker.eu-west-1.amazonaws.com", "sagemaker", "eu-west-1"],
  ["runtime-fips.sagemaker.us-east-1.amazonaws.com", "sagemaker", "us-east-1"],
  ["email.eu-west-1.amazonaws.com", "ses", "eu-west-1"],
  ["runtime-v2-lex.us-east-1.amazonaws.com", "lex", "us-east-1"],
  ["personalize-events.us-east-1.amazonaws.com", "personalize", "us-east-1"],
  ["ingest-cell1.timestream.us-east-1.amazonaws.com", "timestream", "us-east-1"],
  ["api.ecr.eu-west-1.amazonaws.com", "ecr", "eu-west-1"],
  ["api.ecr-public.us-east-1.amazonaws.com", "ecr-public", "us-east-1"],
  ["123456789012.dkr.ecr.eu-west-1.amazonaws.com", null, "eu-west-1"],
  ["streams.dynamodb.eu-west-1.amazonaws.com", "dynamodb", "eu-west-1"],
  ["123456789012.ddb.eu-west-1.amazonaws.com", "dynamodb", "eu-west-1"],
  ["pinpoint.us-east-1.amazonaws.com", "mobiletargeting", "us-east-1"],
  ["fips.eks.us-east-1.amazonaws.com", "eks", "us-east-1"],
  ["eu-west-1.queue.amazonaws.com", "sqs", "eu-west-1"],
  ["sqs.eusc-de-east-1.amazonaws.eu", "sqs", "eusc-de-east-1"],
  ["dynamodb.us-iso-east-1.c2s.ic.gov", "dynamodb", "us-iso-east-1"],
  ["dynamodb.us-isob-east-1.sc2s.sgov.gov", "dynamodb", "us-isob-east-1"],
  ["dynamodb.us-isof-south-1.csp.hci.ic.gov", "dynamodb", "us-isof-south-1"],
  ["dynamodb.eu-isoe-west-1.cloud.adc-e.uk", "dynamodb", "eu-isoe-west-1"],
  // AWS hosts that are somebody else's
  ["pets-123.eu-west-1.elb.amazonaws.com", null, "eu-west-1"],
  ["pets-123.elb.eu-west-1.amazonaws.com", null, "eu-west-1"],
  ["ec2-192-0-2-1.eu-west-1.compute.amazonaws.com", null, "eu-west-1"],
  ["ec2-192-0-2-1.compute-1.amazonaws.com", null, null],
  ["db.abc.eu-west-1.rds.amazonaws.com", null, "eu-west-1"],
  ["0123.gr7.eu-west-1.eks.amazonaws.com", null, "eu-west-1"],
  ["somebody.transfer-webapp.eu-west-1.on.aws", null, null],
  // not AWS
  ["example.com", null, null],
  ["amazonaws.com", null, null],
  ["evilamazonaws.com", null, null],
  ["execute-api.eu-west-1.amazonaws.com.evil.example", null, null],
  ["a..amazonaws.com", null, null],
  ["[::1]", null, null],
  ["", null, null],
];

describe("hostScope", () => {
  for (const [host, service, region] of rows) {
    it(`${host || "(empty)"} → ${service ?? "no service"}, ${region ?? "no region"}`, () => {
      const scope = hostScope(host);
      assert.deepEqual([scope.service, scope.region], [service, region]);
    });
  }

  it("gives each half its reason in words", () => {
    assert.deepEqual(hostScope("ABC.execute-api.eu-west-1.amazonaws.com."), {
      service: "execute-api",
      serviceReason: "from the host: execute-api in abc.execute-api.eu-west-1.amazonaws.com",
      region: "eu-west-1",
      regionReason: "from the host: eu-west-1 in abc.execute-api.eu-west-1.amazonaws.com",
      alternatives: [],
    });
    assert.deepEqual(
      hostScope("email.eu-west-1.amazonaws.com").serviceReason,
      ["from the host: email in email.eu-west-1.amazonaws.com is signed as ses"][0],
    );
    assert.deepEqual(
      [
        "iam.amazonaws.com",
        "x.mrap.accesspoint.s3-global.amazonaws.com",
        "b.s3-accelerate.amazonaws.com",
      ].map((host) => hostScope(host).regionReason),
      [
        "iam.amazonaws.com names no region: such hosts are signed for us-east-1",
        "x.mrap.accesspoint.s3-global.amazonaws.com spans regions: it takes SigV4A signatures only",
        "b.s3-accelerate.amazonaws.com accelerates a bucket without naming the bucket's region",
      ],
    );
    assert.equal(hostScope("example.com").serviceReason, "example.com is not an AWS host");
    assert.equal(
      hostScope("pets.eu-west-1.elb.amazonaws.com").serviceReason,
      "pets.eu-west-1.elb.amazonaws.com is a load balancer",
    );
    assert.equal(
      hostScope("importexport.eu-west-1.api.aws").regionReason,
      "IngestionService is signed for us-east-1 everywhere",
    );
    assert.equal(
      hostScope("globalaccelerator.amazonaws.com").regionReason,
      "globalaccelerator.amazonaws.com names no region: such hosts are signed for us-west-2",
    );
  });

  it("names the other services of a host that has several", () => {
    assert.deepEqual(hostScope("abc-ats.iot.eu-west-1.amazonaws.com").alternatives, [
      "iotdevicegateway (MQTT over WebSocket, /mqtt)",
      "iot-jobs-data (jobs)",
    ]);
  });

  it("never throws and never finds AWS outside its suffixes", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(isAwsHost(`${text}.example`), false);
        hostScope(text);
      }),
    );
  });
});

describe("isAwsHost", () => {
  it("is true for services, false for what AWS hosts for others", () => {
    assert.deepEqual(
      ["iam.amazonaws.com", "b.s3.amazonaws.com", "x.elb.eu-west-1.amazonaws.com", "example.com"].map(
        isAwsHost,
      ),
      [true, true, false, false],
    );
  });
});

describe("isUnsignedService", () => {
  it("is true for cognito-idp, oidc and portal.sso only", () => {
    const hosts = [
      "cognito-idp.eu-west-1.amazonaws.com",
      "cognito-idp-fips.us-east-1.amazonaws.com",
      "oidc.eu-west-1.amazonaws.com",
      "portal.sso.eu-west-1.amazonaws.com",
      "cognito-identity.eu-west-1.amazonaws.com",
      "oidc.eks.eu-west-1.amazonaws.com",
      "sso.eu-west-1.amazonaws.com",
      "example.com",
    ];
    assert.deepEqual(hosts.map(isUnsignedService), [true, true, true, true, false, false, false, false]);
  });
});

interface ServiceHosts {
  readonly services: Readonly<
    Record<string, { readonly signingName: string; readonly hosts: Readonly<Record<string, string>> }>
  >;
}

interface Scheme {
  readonly name: string;
  readonly signingName?: string;
  readonly signingRegion?: string;
}

const variantRegion: ReadonlyMap<string, string> = new Map([
  ["us-east-1", "us-east-1"],
  ["eu-west-1", "eu-west-1"],
  ["gov", "us-gov-west-1"],
  ["cn", "cn-north-1"],
  ["fips", "us-east-1"],
  ["dualstack", "eu-west-1"],
  ["fips-dualstack", "us-east-1"],
]);

/** Service and variant → why the host alone cannot tell. */
const exceptions: ReadonlyMap<string, string> = new Map([
  ["budgets gov", "the commercial host, signed for gov by gov callers only"],
  ["cloudfront gov", "the commercial host, signed for gov by gov callers only"],
  ["codecatalyst eu-west-1", "one global host for every region; it takes bearer tokens"],
  ["codecatalyst gov", "one global host for every region; it takes bearer tokens"],
  ["codecatalyst cn", "one global host for every region; it takes bearer tokens"],
  ["codecatalyst dualstack", "one global host for every region; it takes bearer tokens"],
  [
    "importexport gov",
    "made up by rule: Import/Export never was there, so its old signing name has no model",
  ],
  ["importexport cn", "made up by rule: Import/Export never was there, so its old signing name has no model"],
  ["signin us-east-1", "sign-in pages, outside the API suffixes; they take no SigV4"],
  ["signin eu-west-1", "sign-in pages, outside the API suffixes; they take no SigV4"],
  ["signin gov", "sign-in pages, outside the API suffixes; they take no SigV4"],
  ["signin cn", "sign-in pages, outside the API suffixes; they take no SigV4"],
]);

type ModelRow = readonly [id: string, host: string, service: string, region: string | undefined];

/** Every host of the models with what it is signed for; empty where the models are not at hand. */
function modelRows(): readonly ModelRow[] {
  const file = join(__dirname, "../../../shared/aws/service-hosts.2026-11.json");
  if (!existsSync(file)) return [];
  const { services } = JSON.parse(readFileSync(file, "utf8")) as ServiceHosts;
  return Object.entries(services).flatMap(([id, service]) =>
    Object.entries(service.hosts).flatMap(([variant, text]) => {
      const [url = "", auth = "[]"] = text.split(" auth=");
      const host = /^https:\/\/([^/]+)/.exec(url)?.[1];
      const schemes = JSON.parse(auth) as readonly Scheme[];
      const scheme = schemes.find(({ name }) => name === "sigv4" || name === "sigv4-s3express");
      const region = scheme?.signingRegion ?? variantRegion.get(variant);
      const row: ModelRow = [
        `${id} ${variant}`,
        host ?? "",
        scheme?.signingName ?? service.signingName,
        region,
      ];
      return host === undefined ? [] : [row];
    }),
  );
}

describe("hostScope against the endpoint models of botocore", () => {
  it("reads the signing name and region of every host of every service, but for the documented exceptions", () => {
    const wrong = modelRows().filter(([id, host, service, region]) => {
      const scope = hostScope(host);
      return !exceptions.has(id) && (scope.service !== service || scope.region !== region);
    });
    assert.deepEqual(wrong, []);
  });
});

describe("needsSigV4a", () => {
  it("is true for hosts that span regions alone", () => {
    const hosts = [
      "x.mrap.accesspoint.s3-global.amazonaws.com",
      "bucket.s3.eu-west-1.amazonaws.com",
      "s3.amazonaws.com",
      "api.example.com",
      "abc.lambda-web.global.on.aws",
      "abc.lambda-web.eu-west-1.on.aws",
    ];
    assert.deepEqual(hosts.map(needsSigV4a), [true, false, false, false, true, false]);
  });
});
