import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseRequestFile } from "../../src/request/parse.ts";
import { commandHere } from "../cli/commandHere.ts";
import { setTraps, type Traps } from "../host/suite/traps.ts";

/**
 * The editor's side of this is asserted in a real VS Code: test/host/suite/trusted/onlyShown.test.ts and
 * test/host/suite/untrusted/everyCommand.test.ts.
 */
describe("invariant 2: what only looks at a request file", () => {
  let home: string;
  let traps: Traps;

  before(async () => {
    home = await mkdtemp(join(tmpdir(), "awsreq-looked-"));
    await mkdir(join(home, ".aws"));
    const files = {
      ".aws/config": "[profile dev]\ncredential_process = touch /tmp/never\n",
      ".aws/credentials": "[dev]\naws_access_key_id = AKIALOOKEDLOOKEDLOOK\naws_secret_access_key = s\n",
      "body.txt": "canary",
      ".env": "AWS_PROFILE=dev\n",
      "a.awsreq":
        "# @profile dev\n\n### One\nPOST https://abc.execute-api.eu-west-1.amazonaws.com/\n\n< ./body.txt\n\n### Two\n# @connect-to 127.0.0.1:9\nGET http://127.0.0.1:9/\n",
    };
    for (const [path, text] of Object.entries(files)) await writeFile(join(home, path), text);
  });
  beforeEach(() => {
    const isSecret = (path: string) => path.startsWith(join(home, ".aws")) || path === join(home, "body.txt");
    traps = setTraps(resolve(__dirname, "../.."), isSecret);
  });
  afterEach(() => traps.lift());
  after(() => rm(home, { recursive: true, force: true }));

  const here = () => ({ env: { HOME: home }, home, cwd: home, tmpdir: home });

  for (const args of [
    ["list", "a.awsreq"],
    ["list", "a.awsreq", "--json"],
    ["approvals", "list"],
    ["--help"],
    ["--version"],
    ["send", "a.awsreq", "--request", "nobody"],
    ["sned", "a.awsreq"],
  ]) {
    it(`awsreq ${args.join(" ")}: no network, no process, no credential, no included file`, async () => {
      await commandHere(args, here());
      assert.deepEqual(traps.trapped, []);
    });
  }

  it("parsing, which is all that highlighting, outline and folding do", () => {
    parseRequestFile("# @profile dev\nPOST https://a.example/{{x}}\n\n< ./body.txt\n");
    assert.deepEqual(traps.trapped, []);
  });

  it("would have seen it", async () => {
    const signed = ["--service", "execute-api", "--region", "us-east-1", "--profile", "dev"];
    await commandHere(["send", "a.awsreq", "--line", "11", ...signed], here());
    const seen = new Set(traps.trapped.map(({ kind }) => kind));
    assert.deepEqual([seen.has("file"), seen.has("network")], [true, true], JSON.stringify(traps.trapped));
  });
});
