import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { editorWhoAmI } from "../../../src/editor/trips/editorWhoAmI.ts";
import { keyIdOf } from "../../identity/keyIdOf.ts";
import { assumed, calledBy, type RunningSts, startLocalSts } from "../../identity/localSts.ts";
import { createTripWorld, effectsOf, inputFor, keys, type TripWorld } from "./tripWorld.ts";

const [wanted, other] = ["111122223333", "444455556666"];
const unapproved = "https://abc.execute-api.eu-west-1.amazonaws.com/pets";

describe("who may sign, in the editor", () => {
  let world: TripWorld;
  let sts: RunningSts;
  let ran: string;

  before(async () => {
    sts = await startLocalSts((call) =>
      call.fields["Action"] === "GetCallerIdentity"
        ? calledBy(other, `arn:aws:iam::${other}:user/anna`)
        : assumed(call),
    );
    world = await createTripWorld({ AWS_ENDPOINT_URL_STS: sts.url });
    ran = join(world.home, "ran");
    const said = { Version: 1, AccessKeyId: keys.accessKeyId, SecretAccessKey: keys.secretAccessKey };
    await world.write("home/ran", "");
    await world.write(
      "home/cred.js",
      `require("node:fs").appendFileSync(${JSON.stringify(ran)}, "x"); console.log(${JSON.stringify(JSON.stringify(said))})`,
    );
    await world.write(
      "home/.aws/config",
      [
        "[profile tool]",
        `credential_process = "${process.execPath}" "${join(world.home, "cred.js")}"`,
        "[profile ops]",
        "role_arn = arn:aws:iam::111122223333:role/ops",
        "source_profile = dev",
        "[profile elsewhere]",
        `aws_access_key_id = ${keyIdOf(other)}`,
        `aws_secret_access_key = ${keys.secretAccessKey}`,
        "",
      ].join("\n"),
    );
  });
  beforeEach(() => {
    world.answer = true;
    world.questions.length = 0;
    world.cache.clear();
  });
  after(async () => {
    await world.remove();
    await sts.close();
  });

  const request = (profile: string, url: string, more = "") =>
    `# @profile ${profile}\n# @region us-east-1\n# @service execute-api\n${more}GET ${url}\n`;
  const runs = async () => (await readFile(ran, "utf8")).length;

  it("gets no credentials for what is not approved, from no program and no STS", async () => {
    // From here on the program may run: what keeps it from running is the host alone.
    const { trip } = await world.make(request("tool", `${world.endpoint.url}/prod/pets`));
    assert.deepEqual([trip.error, await runs()], [null, 1]);
    world.cache.clear();
    world.answer = false;
    const role = "# @role arn:aws:iam::111122223333:role/on-top\n";
    for (const text of [
      request("tool", unapproved),
      request("ops", unapproved),
      request("dev", unapproved, role),
      request("tool", unapproved, role),
    ]) {
      for (const until of ["send", "sign"] as const) {
        // Showing how it would be signed needs the profile's yes, which it has.
        if (until === "sign" && text.includes("@profile tool") && !text.includes("@role")) continue;
        const refused = await world.make(text, {}, until);
        assert.equal(refused.trip.error?.code, "E_NOT_APPROVED", text);
        assert.deepEqual([await runs(), sts.calls.length], [1, 0], text);
      }
    }
  });

  it("refuses another account's signer without a question, and asks STS after the yes", async () => {
    const account = `# @account ${wanted}\n`;
    const wrong = await world.make(request("elsewhere", `${world.endpoint.url}/prod/pets`, account));
    assert.deepEqual([wrong.trip.error?.code, world.questions.length], ["E_ACCOUNT", 0]);
    const url = `${world.endpoint.url}/prod/pets/1`;
    world.answer = false;
    const denied = await world.make(request("wrong", url, account));
    assert.deepEqual([denied.trip.error?.code, sts.calls.length], ["E_NOT_APPROVED", 0]);
    world.answer = true;
    const told = await world.make(request("wrong", url, account));
    assert.deepEqual([told.trip.error?.code, told.trip.signed, sts.calls.length], ["E_ACCOUNT", null, 1]);
    const again = await world.make(request("wrong", url, account));
    assert.deepEqual([again.trip.error?.code, sts.calls.length], ["E_ACCOUNT", 1]);
    const right = await world.make(request("dev", url, `# @account ${other}\n`));
    assert.deepEqual([right.trip.error, right.trip.exchange?.response?.status], [null, 200]);
  });

  it("says in Who Am I that the account is another", async () => {
    const text = request("elsewhere", `${world.endpoint.url}/prod/pets`, `# @account ${wanted}\n`);
    const effects = effectsOf(world, new AbortController().signal);
    const answer = await editorWhoAmI(inputFor(text, world.folder), world.machine, effects);
    const facts = answer.kind === "facts" ? answer.facts : [];
    const account = facts.find(({ label }) => label === "Account");
    assert.equal(account?.value, other);
    assert.match(account?.source ?? "", /a\.awsreq:4: this request is for account 111122223333/);
  });

  it("notes a pick for a request that nobody signs", async () => {
    const text = `# @auth none\nGET ${world.endpoint.url}/prod/pets\n`;
    const picked = { value: "dev", source: "this session" };
    const rows = [
      { pickedProfile: picked },
      { sendAs: { kind: "profile", value: "dev" } },
      { sendAs: { kind: "role", value: "arn:aws:iam::111122223333:role/x" } },
      { sendAs: { kind: "region", value: "eu-west-1" } },
    ] as const;
    for (const changes of rows) {
      const { notes } = await world.make(text, changes);
      assert.match(
        notes.join("\n"),
        /^This request is not signed, so .* has no effect: @auth none, a\.awsreq:1\.$/,
      );
    }
    const configured = await world.make(text, { configuredProfile: picked });
    assert.deepEqual(configured.notes, []);
  });
});
