import assert from "node:assert/strict";
import {
  type CredentialCache,
  createCredentialCache,
  type PlanResult,
} from "../../src/identity/credentialCache.ts";
import { noon } from "./awsHome.ts";
import { refusal } from "./refusal.ts";

const minutes = (count: number) => new Date(noon.getTime() + count * 60_000);

function result(name: string, expiration?: Date): PlanResult {
  const keys = { accessKeyId: name, secretAccessKey: "s" };
  return { credentials: expiration === undefined ? keys : { ...keys, expiration }, sessionName: null };
}

/** Asks the cache at a time, and tells which credentials came. */
async function ask(
  cache: CredentialCache,
  get: (signal: AbortSignal) => Promise<PlanResult>,
  at = noon,
  signal = new AbortController().signal,
): Promise<string> {
  return (await cache.credentials("key", () => at, signal, get)).credentials.accessKeyId;
}

/** A `get` that counts, and gives credentials good for an hour. */
function counting(expiration: Date | undefined = minutes(60)) {
  let count = 0;
  return async () => {
    count += 1;
    return result(`K${count}`, expiration);
  };
}

describe("the credential cache", () => {
  it("asks once while what it keeps is good for five minutes more", async () => {
    const cache = createCredentialCache();
    const get = counting();
    const times = [noon, minutes(1), minutes(54.9), minutes(55)];
    const came: string[] = [];
    for (const at of times) came.push(await ask(cache, get, at));
    assert.deepEqual(came, ["K1", "K1", "K1", "K2"]);
  });

  it("keeps what does not say when it ends for a quarter of an hour", async () => {
    const cache = createCredentialCache();
    const get = async () => result(`K${Math.random()}`);
    const first = await ask(cache, get);
    assert.equal(await ask(cache, get, minutes(14)), first);
    assert.notEqual(await ask(cache, get, minutes(15)), first);
  });

  it("keeps plans apart", async () => {
    const cache = createCredentialCache();
    const { signal } = new AbortController();
    const get = counting();
    const one = await cache.credentials("one", () => noon, signal, get);
    const two = await cache.credentials("two", () => noon, signal, get);
    assert.notEqual(one.credentials.accessKeyId, two.credentials.accessKeyId);
  });

  it("lets all who wait have one refresh", async () => {
    const cache = createCredentialCache();
    const get = counting();
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return get();
    };
    const came = await Promise.all(Array.from({ length: 20 }, () => ask(cache, slow)));
    assert.deepEqual([...new Set(came)], ["K1"]);
  });

  it("tells all who wait of one failure, and tries anew after it", async () => {
    const cache = createCredentialCache();
    const failing = async (): Promise<PlanResult> => {
      throw new Error("no");
    };
    const ends = await Promise.allSettled([ask(cache, failing), ask(cache, failing)]);
    assert.deepEqual(
      ends.map(({ status }) => status),
      ["rejected", "rejected"],
    );
    assert.equal(await ask(cache, counting()), "K1");
  });

  it("lets one of two leave without spoiling it for the other", async () => {
    const cache = createCredentialCache();
    const leaving = new AbortController();
    const get = async (signal: AbortSignal) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return result(signal.aborted ? "called off" : "K1");
    };
    const first = ask(cache, get, noon, leaving.signal);
    const second = ask(cache, get);
    leaving.abort();
    assert.equal((await refusal(() => first)).code, "E_CANCELLED");
    assert.equal(await second, "K1");
  });

  it("calls the refresh off when the last who waits has left, and starts another for who comes then", async () => {
    const cache = createCredentialCache();
    const leaving = new AbortController();
    let calledOff = false;
    const hanging = (signal: AbortSignal) =>
      new Promise<PlanResult>((_, reject) => {
        signal.addEventListener("abort", () => {
          calledOff = true;
          reject(new Error("aborted"));
        });
      });
    const first = ask(cache, hanging, noon, leaving.signal);
    leaving.abort();
    assert.equal((await refusal(() => first)).code, "E_CANCELLED");
    assert.equal(calledOff, true);
    assert.equal(await ask(cache, counting()), "K1");
  });

  it("forgets everything when cleared, also what is under way", async () => {
    const cache = createCredentialCache();
    const get = counting();
    await ask(cache, get);
    const late = cache.credentials(
      "late",
      () => noon,
      new AbortController().signal,
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        return result("late", minutes(60));
      },
    );
    cache.clear();
    assert.equal((await late).credentials.accessKeyId, "late");
    assert.deepEqual([cache.peek("key", noon), cache.peek("late", noon)], [null, null]);
    assert.equal(await ask(cache, get), "K2");
  });

  it("shows what it keeps until that ends", async () => {
    const cache = createCredentialCache();
    await ask(cache, counting());
    assert.equal(cache.peek("key", minutes(59))?.credentials.accessKeyId, "K1");
    assert.equal(cache.peek("key", minutes(60)), null);
    assert.equal(cache.peek("other", noon), null);
  });
});
