import assert from "node:assert/strict";
import type { Endpoint } from "../../src/endpoint/startEndpoint.ts";
import { createMachine, keys, type Machine, startNotedEndpoint } from "./cliProcess.ts";

describe("awsreq send to an endpoint that refuses as S3 does", () => {
  let machine: Machine;
  let endpoint: Endpoint;
  before(async () => {
    machine = await createMachine();
    endpoint = await startNotedEndpoint({ service: "s3" });
    const id = `aws_access_key_id = ${keys.accessKeyId}\n`;
    await machine.write(
      ".aws/credentials",
      `[right]\n${id}aws_secret_access_key = ${keys.secretAccessKey}\n\n[wrong]\n${id}aws_secret_access_key = wrong\n`,
    );
  });
  after(async () => {
    await endpoint.close();
    await machine.remove();
  });

  async function send(profile: string, region: string) {
    const head = `# @profile ${profile}\n# @region ${region}\n# @service s3\n`;
    await machine.write("work/s3.awsreq", `${head}GET ${endpoint.url}/prod/pets?type=a%20b\n`);
    return machine.run(["send", "s3.awsreq"]);
  }

  it("is served when it signs as S3 wants it", async () => {
    assert.equal((await send("right", "us-east-1")).code, 0);
  });

  it("proves a wrong secret from the canonical request that is echoed", async () => {
    const { code, stdout, stderr } = await send("wrong", "us-east-1");
    assert.equal(code, 1);
    assert.match(stdout, /<Code>SignatureDoesNotMatch<\/Code>/);
    assert.match(stderr, /proved: .*\(sig-wrong-secret\)/);
  });

  it("says which region is the right one", async () => {
    const { stderr } = await send("right", "eu-west-1");
    assert.match(stderr, /likely: .*\(s3-wrong-region\)/);
  });
});
