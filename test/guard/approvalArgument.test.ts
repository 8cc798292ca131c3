import assert from "node:assert/strict";
import fc from "fast-check";
import { approveArgument, isGranted, parseApproval } from "../../src/guard/approvalArgument.ts";

const profile = (name: string) => ({ kind: "profile", name }) as const;

describe("parseApproval", () => {
  it("splits at the last @ and keeps the port", () => {
    const rows: readonly (readonly [string, string | null, string])[] = [
      ["prod@example.com", "prod", "example.com"],
      ["ann@corp.example@API.example.com:8443", "ann@corp.example", "api.example.com:8443"],
      ["@example.com", null, "example.com"],
      ["prod@[::1]:8080", "prod", "[::1]:8080"],
      ["my profile@localhost", "my profile", "localhost"],
      ["__proto__@a", "__proto__", "a"],
    ];
    assert.deepEqual(
      rows.map(([text]) => parseApproval(text)),
      rows.map(([, profile, host]) => ({ profile, host })),
    );
  });

  it("names the form when it is another", () => {
    for (const text of [
      "",
      "prod",
      "prod@",
      "@",
      "prod@https://example.com",
      "prod@a/b",
      "prod@a b",
      "p@a:b",
    ]) {
      assert.throws(() => parseApproval(text), { code: "E_APPROVE_FORM", phase: "usage" }, text);
    }
    assert.throws(() => parseApproval("prod"), {
      message: "`--approve prod` is not of the form PROFILE@HOST.",
      hint: "Write for example --approve prod@abc123.execute-api.eu-west-1.amazonaws.com, the host without https:// and path; environment@HOST, container@HOST, instance@HOST for keys that no profile has, @HOST for values.",
    });
  });

  it("reads what approveArgument writes", () => {
    const names = fc.option(fc.string({ minLength: 1 }), { nil: null });
    fc.assert(
      fc.property(names, fc.domain(), (name, host) => {
        const signer = name === null ? null : ({ kind: "profile", name } as const);
        const written = approveArgument(signer, host).slice("--approve ".length);
        const unquoted = written.startsWith("'") ? written.slice(1, -1).replaceAll("'\\''", "'") : written;
        const granted = parseApproval(unquoted);
        assert.deepEqual(granted, { profile: name, host: host.toLowerCase() });
        assert.equal(isGranted([granted], signer, host), true);
      }),
    );
  });

  it("quotes for a shell only where it must", () => {
    assert.equal(approveArgument(profile("prod"), "a.example:1"), "--approve prod@a.example:1");
    assert.equal(approveArgument(profile("my profile"), "a.example"), "--approve 'my profile@a.example'");
    assert.equal(approveArgument(profile("$(x)'"), "[::1]"), "--approve '$(x)'\\''@[::1]'");
  });
});
