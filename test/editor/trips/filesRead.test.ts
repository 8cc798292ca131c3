import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { relative } from "node:path";
import { createTripWorld, type TripWorld } from "./tripWorld.ts";

type Open = (path: unknown, ...rest: readonly unknown[]) => Promise<unknown>;

/** Counts what is opened meanwhile; the files themselves are opened as ever. */
async function opened(run: () => Promise<unknown>): Promise<readonly string[]> {
  const files: { open: Open } = createRequire(__filename)("node:fs/promises");
  const { open } = files;
  const paths: string[] = [];
  files.open = (path, ...rest) => {
    paths.push(String(path));
    return open(path, ...rest);
  };
  try {
    await run();
  } finally {
    files.open = open;
  }
  return paths;
}

describe("the files of a send", () => {
  let world: TripWorld;
  before(async () => {
    world = await createTripWorld();
    await world.write("home/.aws/config", "[profile dev]\nregion = us-east-1\n");
    await world.write("folder/http-client.env.json", '{"dev": {"a": "1"}}');
    await world.write("folder/http-client.private.env.json", '{"dev": {"b": "2"}}');
    await world.write("folder/.env", "AWS_REGION=us-east-1\n");
    await world.write("folder/samconfig.toml", "version = 0.1\n");
    await world.write("folder/pet.json", '{"name": "Rex"}');
  });
  after(() => world.remove());

  it("are read once each", async () => {
    const request = `POST ${world.endpoint.url}/prod/pets?a={{a}}&b={{b}}\nContent-Type: application/json\n\n< ./pet.json\n`;
    const paths = await opened(async () => {
      const { trip } = await world.make(`# @profile dev\n# @service execute-api\n${request}`);
      assert.equal(trip.error, null);
      assert.ok(trip.exchange?.response);
    });
    const below = paths.map((path) => relative(world.home, path)).sort();
    assert.deepEqual(
      below,
      [
        "../folder/.env",
        "../folder/http-client.env.json",
        "../folder/http-client.private.env.json",
        "../folder/pet.json",
        "../folder/samconfig.toml",
        ".aws/config",
        ".aws/credentials",
      ].sort(),
    );
  });
});
