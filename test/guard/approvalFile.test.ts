import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, chown, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseApprovals, serialiseApprovals } from "../../src/guard/approvalDocument.ts";
import { approvalFile, approvalsPath } from "../../src/guard/approvalFile.ts";
import { type Approval, subjectKey } from "../../src/guard/approvalStore.ts";

const used = Date.UTC(2026, 0, 2, 3, 4, 5);
const uid = process.getuid?.() ?? null;

const to = { scheme: "https:", host: "example.com", connectTo: null };

const approvals: readonly Approval[] = [
  {
    subject: {
      kind: "credentials",
      folder: "/home/ann/pets",
      signer: { kind: "profile", name: "__proto__" },
      role: null,
      to: { ...to, connectTo: "loopback" },
      changes: true,
    },
    used,
  },
  {
    subject: { kind: "signing", folder: "/home/ann/pets", signer: { kind: "instance" }, role: "arn:r" },
    used,
  },
  { subject: { kind: "value", folder: "/home/ann/pets", to, value: "include" }, used },
  { subject: { kind: "connection", folder: "/home/ann/pets", to }, used },
  { subject: { kind: "process", profile: "prod", hash: "ab12" }, used },
];

const valuesFor = (host: string, at = used): Approval => ({
  subject: { kind: "value", folder: "/home/ann/pets", to: { ...to, host }, value: "include" },
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
    assert.deepEqual(parseApprovals(serialiseApprovals(approvals)), { approvals, outdated: 0 });
    assert.deepEqual(parseApprovals(serialiseApprovals([])), { approvals: [], outdated: 0 });
  });

  it("is nothing when it is something else", () => {
    for (const text of ["", "{", "null", "[]", "1", '{"version": 2, "approvals": []}', '{"version": 1}']) {
      assert.equal(parseApprovals(text), null, text);
    }
  });

  it("approves nothing by a line that is not understood", () => {
    const used = '"used":"2026-01-02T03:04:05.000Z"';
    const place = '"folder":"/home/ann/pets","scheme":"https:","host":"example.com","connectTo":null';
    const good = `{"kind":"value",${place},"value":"include",${used}}`;
    const bad = [
      "null",
      "1",
      `{"__proto__":${good}}`,
      `{"kind":"value",${place},"value":"include"}`,
      `{"kind":"value",${place},"value":"include","used":"yesterday"}`,
      `{"kind":"value",${place},"value":"everything",${used}}`,
      `{"kind":"value",${place.replace("null", "1")},"value":"include",${used}}`,
      `{"kind":"credentials",${place},"profile":"p","role":null,"changes":"yes",${used}}`,
      `{"kind":"credentials",${place},"keys":"any","role":null,"changes":true,${used}}`,
      `{"kind":"credentials",${place},"profile":"p","keys":"instance","role":null,"changes":true,${used}}`,
      `{"kind":"process","profile":"p",${used}}`,
      `{"kind":"everything",${used}}`,
    ];
    assert.deepEqual(parseApprovals(`{"version":1,"approvals":[${[...bad, good].join(",")}]}`), {
      approvals: [valuesFor("example.com")],
      outdated: 0,
    });
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
    const store = approvalFile(path("new"), uid, warn);
    assert.deepEqual(await store.load(), []);
    for (const approval of approvals) await store.save(approval);
    assert.deepEqual(await store.load(), approvals);
    assert.equal((await stat(path("new"))).mode & 0o777, 0o600);
    assert.equal((await stat(join(root, "new", "awsreq"))).mode & 0o777, 0o700);
    assert.deepEqual(await readdir(join(root, "new", "awsreq")), ["approvals.json"]);
    assert.deepEqual(warnings, []);
  });

  it("puts a newer use in the older one's place", async () => {
    const store = approvalFile(path("renewed"), uid, warn);
    await store.save(valuesFor("a.example"));
    await store.save(valuesFor("b.example"));
    await store.save(valuesFor("a.example", used + 1));
    assert.deepEqual(await store.load(), [valuesFor("b.example"), valuesFor("a.example", used + 1)]);
  });

  it("keeps what others wrote meanwhile, and every write of its own", async () => {
    const [one, other] = [approvalFile(path("shared"), uid, warn), approvalFile(path("shared"), uid, warn)];
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
    const store = approvalFile(file, uid, warn);
    assert.deepEqual(await store.load(), []);
    assert.deepEqual(warnings, [
      `${file} is not a file of approvals; it counts as empty and will be replaced.`,
    ]);
    await store.save(valuesFor("a.example"));
    assert.deepEqual(await store.load(), [valuesFor("a.example")]);
  });

  it("does not believe a file, a folder, or a folder above it that others can write", async () => {
    for (const [name, mode, what] of [
      ["open", 0o666, (file: string) => file],
      ["group", 0o660, (file: string) => file],
      ["openFolder", 0o777, (file: string) => dirname(file)],
      ["above", 0o777, (file: string) => dirname(dirname(file))],
    ] as const) {
      const file = await written(name, serialiseApprovals(approvals));
      const open = what(file);
      await chmod(open, mode);
      assert.deepEqual(await approvalFile(file, uid, warn).load(), [], name);
      assert.deepEqual(warnings.splice(0), [
        `${open} can be written by others (take that away with \`chmod go-w\`), so the approvals in ${file} do not count.`,
      ]);
    }
  });

  it("does not believe a file or a folder of another user", async function () {
    if (uid !== 0) this.skip();
    for (const [name, what] of [
      ["theirs", (file: string) => file],
      ["theirFolder", (file: string) => dirname(file)],
      ["theirsAbove", (file: string) => dirname(dirname(file))],
    ] as const) {
      const file = await written(name, serialiseApprovals(approvals));
      await chown(what(file), 12_345, 12_345);
      assert.deepEqual(await approvalFile(file, uid, warn).load(), [], name);
      assert.match(
        warnings.splice(0).join(),
        /belongs to another user \(12345\), so the approvals in .* do not count/,
      );
    }
  });

  it("does not wait for a FIFO in the file's place", async function () {
    if (process.platform === "win32") this.skip();
    await mkdir(join(root, "fifo", "awsreq"), { recursive: true });
    execFileSync("mkfifo", ["-m", "600", path("fifo")]);
    assert.deepEqual(await approvalFile(path("fifo"), uid, warn).load(), []);
  });

  it("drops approvals of an earlier version, and says so once", async () => {
    const old = ["credentials", "values"].map(
      (kind) =>
        `{"kind":"${kind}","folder":"/f","profile":"p","role":null,"host":"h","mutating":true,"used":"2026-01-02T03:04:05.000Z"}`,
    );
    const now = serialiseApprovals([valuesFor("a.example")]).split("\n")[1];
    const file = await written("old", `{"version":1,"approvals":[${[...old, now].join(",")}]}`);
    for (const times of [1, 0]) {
      assert.deepEqual(await approvalFile(file, uid, warn).load(), [valuesFor("a.example")]);
      assert.equal(warnings.splice(0).length, times);
    }
  });

  it("goes on without a file where none can be read or written", async () => {
    await mkdir(path("folder"), { recursive: true });
    const store = approvalFile(path("folder"), uid, warn);
    assert.deepEqual(await store.load(), []);
    await store.save(valuesFor("a.example"));
    assert.deepEqual(warnings, [
      `${path("folder")} is not a regular file, so the approvals in ${path("folder")} do not count.`,
      `The approval could not be written to ${path("folder")} (EISDIR); it holds for this run only.`,
    ]);
    assert.deepEqual(await readdir(join(root, "folder", "awsreq")), ["approvals.json"]);
  });

  it("keeps for this run what could not be written", async () => {
    await mkdir(path("unwritable"), { recursive: true });
    const store = approvalFile(path("unwritable"), uid, warn);
    await store.save(valuesFor("a.example"));
    assert.deepEqual(await store.load(), [valuesFor("a.example")]);
  });

  it("forgets one by one, and leaves the others", async () => {
    const file = await written("forgotten", serialiseApprovals(approvals));
    const store = approvalFile(file, uid, warn);
    const [first, ...rest] = approvals.map(({ subject }) => subjectKey(subject));
    assert.equal(await store.forget(new Set([first ?? "", "no such"])), 1);
    assert.deepEqual(await approvalFile(file, uid, warn).load(), approvals.slice(1));
    assert.equal(await store.forget(new Set(rest)), approvals.length - 1);
    assert.deepEqual(await store.load(), []);
  });
});
