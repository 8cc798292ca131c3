import assert from "node:assert/strict";
import { join } from "node:path";
import { createTripWorld, type TripWorld } from "./tripWorld.ts";

const scope = "# @region us-east-1\n# @service execute-api\n";

describe("a trip of the editor", () => {
  let world: TripWorld;
  const pets = () => `GET ${world.endpoint.url}/prod/pets?limit=1\n`;
  beforeEach(async () => {
    world = await createTripWorld();
  });
  afterEach(() => world.remove());

  it("sends the buffer, signed as the profile that the file names, after asking once", async () => {
    const text = `# @profile dev\n${scope}${pets()}`;
    const { trip } = await world.make(text);
    assert.equal(trip.exchange?.response?.status, 200);
    assert.equal(trip.identity?.profile, "dev");
    assert.deepEqual(
      world.questions.map((question) => [question.kind, "host" in question ? question.host : ""]),
      [["send", world.endpoint.authority]],
    );
    await world.make(text);
    assert.equal(world.questions.length, 1);
  });

  it("asks again for a method that changes things, once", async () => {
    const post = `# @profile dev\n${scope}POST ${world.endpoint.url}/prod/pets\n\n{"name": "rex", "type": "dog"}`;
    await world.make(`# @profile dev\n${scope}${pets()}`);
    await world.make(post);
    await world.make(post);
    assert.deepEqual(
      world.questions.map((question) => question.kind === "send" && question.changes),
      [null, "POST may change something"],
    );
  });

  it("asks a newcomer at most twice in the first ten requests to one API", async () => {
    const head = `# @profile dev\n${scope}`;
    const api = `${world.endpoint.url}/prod/pets`;
    await world.write("folder/pet.json", '{"name": "rex", "type": "dog"}');
    const requests = [
      `GET ${api}`,
      `GET ${api}?type=dog`,
      `GET ${api}/1`,
      `POST ${api}\n\n< ./pet.json`,
      `GET ${api}`,
      `PUT ${api}/1\n\n{"name": "max", "type": "dog"}`,
      `PATCH ${api}/1\n\n{"name": "max"}`,
      `POST ${api}\n\n< ./pet.json`,
      `DELETE ${api}/2`,
      `HEAD ${api}`,
    ];
    for (const request of requests) {
      const { trip } = await world.make(`${head}${request}\n`);
      assert.notEqual(trip.exchange?.response ?? null, null, JSON.stringify(trip.error));
    }
    assert.equal(world.questions.length, 2);
  });

  it("sends nothing when the answer is no", async () => {
    world.answer = false;
    const { trip } = await world.make(`# @profile dev\n${scope}${pets()}`);
    assert.equal(trip.error?.code, "E_NOT_APPROVED");
    assert.deepEqual([trip.identity, trip.signed, trip.exchange], [null, null, null]);
    assert.deepEqual([world.events, world.approvals], [[], []]);
  });

  it("reads nothing, asks nothing and sends nothing in a workspace that is not trusted", async () => {
    await world.write("folder/http-client.env.json", "not JSON");
    const { trip } = await world.make(`# @profile dev\n${scope}${pets()}`, { trusted: false });
    assert.equal(trip.error?.code, "E_REFUSED_UNTRUSTED");
    assert.deepEqual([world.questions, world.events, trip.identity], [[], [], null]);
  });

  it("explains without asking for the host and without sending", async () => {
    const { trip } = await world.make(`# @profile dev\n${scope}${pets()}`, {}, "sign");
    assert.equal(trip.exchange, null);
    assert.match(trip.signed?.trace?.canonicalRequest ?? "", /^GET\n\/prod\/pets\nlimit=1\n/);
    assert.deepEqual(
      world.events.map(({ type }) => type),
      [],
    );
  });

  const picked = { value: "wrong", source: "picked for this session" };
  const configured = { value: "dev", source: "picked for this folder" };
  for (const [title, directive, voices, profile, source] of [
    [
      "a pick for the session beats # @profile",
      "# @profile dev\n",
      { pickedProfile: picked },
      "wrong",
      picked.source,
    ],
    [
      "# @profile beats a pick for the folder",
      "# @profile wrong\n",
      { configuredProfile: configured },
      "wrong",
      "a.awsreq:1",
    ],
    [
      "a pick for the folder beats AWS_PROFILE",
      "",
      { configuredProfile: configured },
      "dev",
      configured.source,
    ],
  ] as const) {
    it(title, async () => {
      const machine = { ...world.machine, env: { AWS_PROFILE: "other" } };
      Object.assign(world.machine, machine);
      const { trip } = await world.make(`${directive}${scope}${pets()}`, voices);
      assert.deepEqual([trip.identity?.profile, trip.identity?.source], [profile, source]);
      assert.equal(trip.exchange?.response?.status, profile === "dev" ? 200 : 403);
    });
  }

  it("takes the region of the settings where neither the file nor the host says one", async () => {
    const { trip } = await world.make(`# @profile dev\n# @service execute-api\n${pets()}`, {
      configuredRegion: { value: "us-east-1", source: "user settings (awsreq.region)" },
    });
    assert.deepEqual(trip.signed?.trace?.scope.regionSource, "user settings (awsreq.region)");
    assert.equal(trip.exchange?.response?.status, 200);
  });

  it("asks each time before it reads a file outside the folder, and reads it only after a yes", async () => {
    await world.write("outside.json", '{"name": "rex", "type": "dog"}');
    const text = `# @profile dev\n${scope}POST ${world.endpoint.url}/prod/pets\n\n< ../outside.json`;
    const { trip } = await world.make(text);
    assert.equal(trip.exchange?.response?.status, 201);
    const [first] = world.questions;
    assert.deepEqual(first, {
      kind: "include",
      path: join(world.folder, "..", "outside.json"),
      folder: world.folder,
      reason: `${join(world.folder, "..", "outside.json")} is outside ${world.folder}`,
      place: "a.awsreq:4",
    });
    world.answer = false;
    const { trip: denied } = await world.make(text);
    assert.match(denied.error?.message ?? "", /outside/);
    assert.deepEqual([denied.error?.phase, denied.signed], ["file", null]);
  });

  it("fault 91: ends when it is cancelled", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const text = `# @profile dev\n${scope}GET ${world.endpoint.url}/prod/slow?ms=5000\n`;
    const { trip } = await world.make(text, {}, "send", controller.signal);
    assert.equal(trip.error?.phase, "cancel");
  });

  it("says what is wrong with the environment file instead of sending", async () => {
    await world.write("folder/http-client.env.json", '{"dev": {');
    const { trip } = await world.make(`# @profile dev\n${scope}${pets()}`);
    assert.equal(trip.error?.code, "E_ENVIRONMENT_JSON");
  });

  it("tells when no request stands at the line", async () => {
    const { trip } = await world.make("# nothing\n", { line: 0 });
    assert.equal(trip.error?.code, "E_SELECT");
  });
});
