import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { previewTitles } from "../../../src/editor/language/previewTitles.ts";
import type { SigningScope } from "../../../src/stages.ts";
import type { TripPreview } from "../../../src/trip/previewTrip.ts";
import type { Trip } from "../../../src/trip/trip.ts";
import { previewRows } from "./previewRows.ts";
import { createPreviewWorld, type PreviewWorld } from "./previewWorld.ts";

/** Errors that the credentials alone tell, which are not looked at before a send. */
const credentialsTell =
  /^E_(?:PROFILE_UNKNOWN|NO_CREDENTIALS|STS|METADATA|WEB_IDENTITY_TOKEN|INCLUDE_MISSING)|^E_LOCAL_PROFILE$/;

/** Where the preview says something else than the send did; empty when they agree. */
function differences(preview: TripPreview, trip: Trip): readonly string[] {
  const { auth, signer, error } = preview;
  const isForeseeable = error !== null || !credentialsTell.test(trip.error?.code ?? "");
  const isMachine = signer?.orMachine === true && trip.plan?.profile === null;
  const plan = isMachine ? null : trip.plan;
  const scope = trip.signed?.trace?.scope;
  const compared: readonly (readonly [what: string, foretold: unknown, done: unknown])[] = [
    ...(isForeseeable ? [["error", error?.code, trip.error?.code] as const] : []),
    ["auth", auth?.kind, trip.auth?.kind],
    ...(plan === null ? [] : [["profile", signer?.profile, plan.profile] as const]),
    ...(plan === null ? [] : [["source", signer?.source, plan.source] as const]),
    ...(trip.signed?.trace === null ? [["signer", signer, null] as const] : []),
    ...(scope === undefined ? [] : scopeOf(signer, scope)),
  ];
  const notes = scope === undefined ? [] : (signer?.notes ?? []);
  return [
    ...compared
      .filter(([, foretold, done]) => foretold !== done)
      .map(([what, foretold, done]) => `${what}: foretold ${String(foretold)}, done ${String(done)}`),
    ...notes.filter((note) => !trip.notes.includes(note)).map((note) => `only foretold: ${note}`),
  ];
}

function scopeOf(signer: TripPreview["signer"], scope: SigningScope) {
  return [
    ["region", signer?.region?.value, scope.region],
    ["region from", signer?.region?.source, scope.regionSource],
    ["service", signer?.service?.value, scope.service],
    ["service from", signer?.service?.source, scope.serviceSource],
  ] as const;
}

describe("what the editor says beforehand and what the send does", () => {
  for (const { name, text, env = {}, files = {}, changes = {} } of previewRows) {
    it(`agree: ${name}`, async () => {
      const world = await createPreviewWorld(files, env);
      try {
        const preview = await world.preview(text, changes);
        assert.deepEqual(differences(preview, await world.sign(text, changes)), []);
      } finally {
        await world.remove();
      }
    });
  }
});

describe("the words above a request", () => {
  let world: PreviewWorld;
  afterEach(() => world.remove());

  const titles = async (
    text: string,
    { files = {}, env = {}, changes = {} }: Partial<Omit<(typeof previewRows)[number], "name" | "text">> = {},
  ) => {
    world = await createPreviewWorld(files, env);
    return previewTitles(await world.preview(text, changes));
  };
  const api = "GET https://abc.execute-api.eu-west-1.amazonaws.com/prod\n";

  it("name the profile and the region of its config file", async () =>
    assert.deepEqual(
      await titles("# @profile dev\n# @service execute-api\nGET https://api.pets.example/\n", {
        files: { "home/.aws/config": "[profile dev]\nregion = eu-central-1\n" },
      }),
      { isSigned: true, who: "dev @ eu-central-1", fault: null },
    ));

  it("say what is missing, before anybody clicks", async () =>
    assert.deepEqual(await titles("GET https://api.pets.example/\n"), {
      isSigned: false,
      who: null,
      fault: "needs @service or @auth none",
    }));

  it("say which service is assumed", async () =>
    assert.deepEqual(await titles("# @profile dev\n# @region eu-west-1\nGET https://api.pets.example/\n"), {
      isSigned: true,
      who: "dev @ eu-west-1 · execute-api (assumed)",
      fault: null,
    }));

  it("say of a file of other tools that what nothing decides is not signed", async () => {
    for (const text of ["", "# @profile dev\n\n###\n"])
      assert.deepEqual(
        await titles(`${text}GET https://api.pets.example/\n`, { changes: { sendsAsTyped: true } }),
        { isSigned: false, who: "not signed", fault: null },
      );
  });

  it("say that half of the environment's keys is no pair", async () =>
    assert.deepEqual(await titles(api, { env: { AWS_SECRET_ACCESS_KEY: "x" } }), {
      isSigned: true,
      who: "environment keys",
      fault: "the environment's keys are not whole",
    }));

  it("leave open who signs where default may have no keys", async () =>
    assert.deepEqual(await titles(api, { changes: { machineCredentials: true } }), {
      isSigned: true,
      who: "default or this machine @ eu-west-1",
      fault: null,
    }));

  it("say of a presigned URL that it goes out as it is typed", async () =>
    assert.deepEqual(await titles("GET https://b.s3.eu-west-1.amazonaws.com/k?X-Amz-Signature=0\n"), {
      isSigned: false,
      who: "sent as typed",
      fault: null,
    }));

  it("do not guess what is drawn by lot", async () => {
    for (const drawn of ["$randomInt 1 3", "$randomInt 1 4", "$guid", "$timestamp", '$datetime "ss"'])
      assert.deepEqual(
        await titles(`@who = dev-{{${drawn}}}\n\n###\n# @profile {{who}}\n${api}`),
        { isSigned: true, who: "known when it is sent @ eu-west-1", fault: null },
        drawn,
      );
  });

  it("know what lots do not change", async () =>
    assert.equal((await titles(`# @profile dev\n${api}X-Id: {{$guid}}\n`)).who, "dev @ eu-west-1"));

  it("mask a private value in what they say is wrong", async () => {
    const token = "canary 0123456789";
    world = await createPreviewWorld(
      { "folder/http-client.private.env.json": JSON.stringify({ x: { token } }) },
      {},
    );
    for (const text of [
      `# @region {{token}}\n${api}`,
      `${api.trimEnd()}{{token\n`,
      `# @auth {{token}}\n${api}`,
    ]) {
      const preview = await world.preview(text);
      assert.notEqual(preview.error, null, text);
      assert.doesNotMatch(JSON.stringify(preview), /canary/);
    }
  });

  it("draw no icon for a name", async () =>
    assert.equal((await titles(`# @profile $(trash)\n${api}`)).who, "(trash) @ eu-west-1"));

  it("say that nothing is sent in a workspace that is not trusted", async () =>
    assert.deepEqual(await titles(`# @profile dev\n${api}`, { changes: { trusted: false } }), {
      isSigned: false,
      who: null,
      fault: "workspace not trusted",
    }));
});

describe("the AWS config file, before a send", () => {
  const text = "# @profile dev\n# @service execute-api\nGET https://api.pets.example/\n";

  it("is read without the credentials file beside it", async function () {
    if (process.platform === "win32") return this.skip();
    const world = await createPreviewWorld({ "home/.aws/config": "[profile dev]\nregion = eu-west-2\n" }, {});
    try {
      const credentials = join(world.root, "home/.aws/credentials");
      await rm(credentials);
      // Whoever opens it waits for somebody who writes.
      execFileSync("mkfifo", [credentials]);
      assert.equal((await world.preview(text)).signer?.region?.value, "eu-west-2");
    } finally {
      await world.remove();
    }
  });

  it("is not read where it is the credentials file", async function () {
    if (process.platform === "win32") return this.skip();
    const world = await createPreviewWorld({ "home/.aws/other": "" }, {});
    try {
      await symlink(join(world.root, "home/.aws/credentials"), join(world.root, "home/.aws/config"));
      const { signer, error } = await world.preview(text);
      assert.deepEqual([signer?.profile, error?.code], ["dev", "E_REGION_UNKNOWN"]);
    } finally {
      await world.remove();
    }
  });

  it("is not read where it is a pipe, which could be read once only", async function () {
    if (process.platform === "win32") return this.skip();
    const world = await createPreviewWorld({}, {});
    try {
      execFileSync("mkfifo", [join(world.root, "home/.aws/config")]);
      assert.equal((await world.preview(text)).error?.code, "E_REGION_UNKNOWN");
    } finally {
      await world.remove();
    }
  });
});
