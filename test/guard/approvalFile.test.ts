import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseApprovals, serialiseApprovals } from "../../src/guard/approvalDocument.ts";
import { approvalFile, approvalsPath, revokeApprovals } from "../../src/guard/approvalFile.ts";
import type { Approval } from "../../src/guard/approvalStore.ts";

const used = Date.UTC(2026, 0, 2, 3, 4, 5);

const approvals: readonly Approval[] = [
  {
    subject: {
      kind: "credentials",
      folder: "/home/ann/pets",
      profile: "__proto__",
      role: null,
      host: "example.com",
      mutating: true,
    },
    used,
  },
  { subject: { kind: "values", folder: "/home/ann/pets", host: "example.com" }, used },
  { subject: { kind: "process", profile: "prod", hash: "ab12" }, used },
];

const valuesFor = (host: string, at = used): Approval => ({
  subject: { kind: "values", folder: "/home/ann/pets", host },
  used: at,
});

describe("approvalsPath", () => {
  it("follows the platform", () => {
    assert.deepEqual(
      [
        approvalsPath({ XDG_CONFIG_HOME: "/cfg" }, "linux", "/home/ann"),
        approvalsPath({ XDG_CONFIG_HOME: "relative" }, "linux", "/home/ann"),
        approvalsPath({}, "darwin", "/Users/ann"),
        approvalsPath({ APPDATA: "C:\\A" }, "win32", "C:\\Users\\ann"),
        approvalsPath({}, "win32", "C:\\Users\\ann"),
      ],
      [
        "/cfg/awsreq/approvals.json",
        "/home/ann/.config/awsreq/approvals.json",
        "/Users/ann/.config/awsreq/approvals.json",
        "C:\\A\\awsreq\\approvals.json",
        "C:\\Users\\ann\\AppData\\Roaming\\awsreq\\approvals.json",
      ],
    );
  });
});

describe("the approvals document", () => {
  it("is read as it was written", () => {
    assert.deepEqual(parseApprovals(serialiseApprovals(approvals)), approvals);
    assert.deepEqual(parseApprovals(serialiseApprovals([])), []);
  });

  it("is nothing when it is something else", () => {
    for (const text of ["", "{", "null", "[]", "1", '{"version": 2, "approvals": []}', '{"version": 1}']) {
      assert.equal(parseApprovals(text), null, text);
    }
  });

  it("approves nothing by a line that is not understood", () => {
    const good =
      '{"kind":"values","folder":"/home/ann/pets","host":"example.com","used":"2026-01-02T03:04:05.000Z"}';
    const bad = [
      "null",
      "1",
      '{"__proto__":{"kind":"values","folder":"/home/ann/pets","host":"h","used":"2026-01-02T03:04:05.000Z"}}',
      '{"kind":"values","folder":"/home/ann/pets","host":"example.com"}',
      '{"kind":"values","folder":"/home/ann/pets","host":"example.com","used":"yesterday"}',
      '{"kind":"values","folder":1,"host":"example.com","used":"2026-01-02T03:04:05.000Z"}',
      '{"kind":"credentials","folder":"/w","profile":"p","role":null,"host":"h","mutating":"yes","used":"2026-01-02T03:04:05.000Z"}',
      '{"kind":"process","profile":"p","used":"2026-01-02T03:04:05.000Z"}',
      '{"kind":"everything","used":"2026-01-02T03:04:05.000Z"}',
    ];
    assert.deepEqual(parseApprovals(`{"version":1,"approvals":[${[...bad, good].join(",")}]}`), [
      valuesFor("example.com"),
    ]);
  });
});

describe("approvalFile", () => {
  let root = "";
  const warnings: string[] = [];
  const warn = (sentence: string): void => {
    warnings.push(sentence);
  };
  const path = (name: string): string => join(root, name, "awsreq", "approvals.json");

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "awsreq-approvals-"));
  });
  beforeEach(() => warnings.splice(0));
  after(() => rm(root, { recursive: true }));

  async function written(name: string, text: string): Promise<string> {
    await mkdir(join(root, name, "awsreq"), { recursive: true });
    await writeFile(path(name), text, { mode: 0o600 });
    return path(name);
  }

  it("keeps approvals for its owner alone", async () => {
    const store = approvalFile(path("new"), warn);
    assert.deepEqual(await store.load(), []);
    for (const approval of approvals) await store.save(approval);
    assert.deepEqual(await store.load(), approvals);
    assert.equal((await stat(path("new"))).mode & 0o777, 0o600);
    assert.equal((await stat(join(root, "new", "awsreq"))).mode & 0o777, 0o700);
    assert.deepEqual(await readdir(join(root, "new", "awsreq")), ["approvals.json"]);
    assert.deepEqual(warnings, []);
  });

  it("puts a newer use in the older one's place", async () => {
    const store = approvalFile(path("renewed"), warn);
    await store.save(valuesFor("a.example"));
    await store.save(valuesFor("b.example"));
    await store.save(valuesFor("a.example", used + 1));
    assert.deepEqual(await store.load(), [valuesFor("b.example"), valuesFor("a.example", used + 1)]);
  });

  it("keeps what others wrote meanwhile, and every write of its own", async () => {
    const [one, other] = [approvalFile(path("shared"), warn), approvalFile(path("shared"), warn)];
    await one.load();
    await other.save(valuesFor("other.example"));
    const hosts = Array.from({ length: 8 }, (_, at) => `h${at}.example`);
    await Promise.all(hosts.map((host) => one.save(valuesFor(host))));
    assert.deepEqual(
      await other.load(),
      ["other.example", ...hosts].map((host) => valuesFor(host)),
    );
  });

  it("takes garbage as empty, says so, and replaces it", async () => {
    const file = await written("garbage", "not json");
    const store = approvalFile(file, warn);
    assert.deepEqual(await store.load(), []);
    assert.deepEqual(warnings, [
      `${file} is not a file of approvals; it counts as empty and will be replaced.`,
    ]);
    await store.save(valuesFor("a.example"));
    assert.deepEqual(await store.load(), [valuesFor("a.example")]);
  });

  it("does not believe a file that others can write", async () => {
    const file = await written("open", serialiseApprovals(approvals));
    await chmod(file, 0o666);
    assert.deepEqual(await approvalFile(file, warn).load(), []);
    assert.deepEqual(warnings, [
      `${file} can be written by others, so its approvals do not count; take that away with chmod 600.`,
    ]);
  });

  it("goes on without a file where none can be read or written", async () => {
    await mkdir(path("folder"), { recursive: true });
    const store = approvalFile(path("folder"), warn);
    assert.deepEqual(await store.load(), []);
    await store.save(valuesFor("a.example"));
    assert.deepEqual(warnings, [
      `${path("folder")} could not be read (EISDIR); its approvals do not count.`,
      `The approval could not be written to ${path("folder")} (EISDIR); it holds for this run only.`,
    ]);
    assert.deepEqual(await readdir(join(root, "folder", "awsreq")), ["approvals.json"]);
  });

  it("forgets everything when told to", async () => {
    const file = await written("revoked", serialiseApprovals(approvals));
    await revokeApprovals(file);
    await revokeApprovals(file);
    assert.deepEqual(await approvalFile(file, warn).load(), []);
    await assert.rejects(readFile(file), { code: "ENOENT" });
  });
});
