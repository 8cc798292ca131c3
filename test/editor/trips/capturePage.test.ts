import assert from "node:assert/strict";
import { capturePage, hasSignature } from "../../../src/editor/trips/capturePage.ts";
import { createTripWorld, effectsOf, inputFor, keys, type TripWorld } from "./tripWorld.ts";

describe("a page about an answer from elsewhere", () => {
  let world: TripWorld;
  before(async () => {
    world = await createTripWorld();
  });
  after(() => world.remove());

  /** A request as the profile signs it, captured as raw HTTP. */
  async function captured(change: (line: string) => string = (line) => line): Promise<string> {
    const text = `# @profile dev\n# @region us-east-1\n# @service execute-api\nGET ${world.endpoint.url}/prod/pets/a%7Eb\n`;
    const { trip } = await world.make(text, {}, "sign");
    assert.ok(trip.signed);
    const { method, target, headers } = trip.signed;
    const lines = headers.map(({ name, value }) => `${name}: ${value}`);
    return [`${method} ${target.path} HTTP/1.1`, ...lines, "", ""].map(change).join("\r\n");
  }

  const withProfile = (profile: string) => ({
    profile,
    input: inputFor("", world.folder),
    machine: world.machine,
    effects: effectsOf(world, new AbortController().signal),
  });

  it("says that a signature is the profile's, and has no key", async () => {
    const text = await captured();
    assert.equal(await hasSignature(text), true);
    const page = (await capturePage(text, withProfile("dev"))) ?? "";
    assert.match(page, /The signature is the one that profile "dev" gives/);
    for (const secret of [keys.accessKeyId, keys.secretAccessKey]) assert.ok(!page.includes(secret), page);
  });

  it("says what was changed since, and proves it", async () => {
    const page = await capturePage(
      await captured((line) => line.replace("a%7Eb", "a~b")),
      withProfile("dev"),
    );
    assert.match(page ?? "", /\*proved\* \(`sig-path-encoding`\)/);
  });

  it("says that a profile's secret gives another signature", async () => {
    const page = await capturePage(await captured(), withProfile("wrong"));
    assert.match(page ?? "", /The secret of profile "wrong" gives another signature/);
  });

  it("says when a profile is not there", async () => {
    const text = await captured();
    await assert.rejects(capturePage(text, withProfile("nobody")), { code: "E_PROFILE_UNKNOWN" });
  });

  it("has an answer's words as words, never as Markdown", async () => {
    const hostile =
      "[x](command:workbench.action.quit) ![y](https://evil.example/z) <img src=x> `code` \u001b[31m";
    const body = `User: ${hostile} is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b`;
    const page = (await capturePage(JSON.stringify({ status: 403, body }), null)) ?? "";
    assert.match(page, /iam-no-identity-allow/);
    const words = page.replace(/\\[\\`*_{}[\]()<>#!|~]/g, "");
    assert.ok(!/\]\(command:|!\[|<img/.test(words) && !words.includes("\u001b"), page);
  });

  it("says so where nothing was refused, and where nothing can be read", async () => {
    assert.match((await capturePage('{"status":200,"body":"ok"}', null)) ?? "", /Nothing here says/);
    const unread = '{"status":400,"body":{"__type":"a#ValidationException","message":"bad input"}}';
    assert.match(
      (await capturePage(unread, null)) ?? "",
      /^# Diagnosis\n\nAWS refused the request .*ValidationException/,
    );
    assert.equal(await capturePage("[]", null), null);
    assert.equal(await hasSignature("curl https://a.example/"), false);
  });

  it("numbers several answers, and leaves out those that were good", async () => {
    const text = JSON.stringify([
      { status: 200, body: "{}" },
      { status: 403, body: "Request has expired" },
    ]);
    const page = (await capturePage(text, null)) ?? "";
    assert.match(page, /^# Answer 2$/m);
    assert.ok(!page.includes("Answer 1"));
  });
});
