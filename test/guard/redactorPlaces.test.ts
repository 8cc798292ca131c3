import assert from "node:assert/strict";
import { createRedactor, type KnownSecrets } from "../../src/guard/redactor.ts";

const none: KnownSecrets = { accessKeyIds: [], secrets: [], sessionTokens: [], privateValues: [] };

describe("the redactor, of private values that are short", () => {
  const { text, message } = createRedactor({ ...none, privateValues: ["4711", "a&b"] });
  const hidden: readonly (readonly [shown: string, masked: string])[] = [
    ["4711", "‹private value›"],
    ['{"pin": "4711"}', '{"pin": "‹private value›"}'],
    ['["4711","a&b"]', '["‹private value›","‹private value›"]'],
    ["https://a.example/?pin=4711&b=1", "https://a.example/?pin=‹private value›&b=1"],
    ["pin=a%26b&b=1", "pin=‹private value›&b=1"],
    ["https://a.example/users/4711/pets", "https://a.example/users/‹private value›/pets"],
    ["<pin>4711</pin>", "<pin>‹private value›</pin>"],
    ["HTTP/1.1 200 OK\r\nX-Pin: 4711\r\nA: 1", "HTTP/1.1 200 OK\r\nX-Pin: ‹private value›\r\nA: 1"],
  ];
  for (const [shown, masked] of hidden) {
    it(`hides them where they stand for themselves: ${JSON.stringify(shown)}`, () => {
      assert.equal(text(shown), masked);
      assert.equal(message(shown), masked);
    });
  }

  it("leaves them where they are a part of something else", () => {
    for (const shown of ["port 14711 is open", "order 4711 was sent", '{"4711": 1}', "v4711=1", "a&b and c"])
      assert.equal(text(shown), shown);
  });
});

describe("the redactor, of values that a message has cut short", () => {
  const secret = 'wJalr "XUtn/FEMI" K7MDENG';
  const redactor = createRedactor({
    ...none,
    secrets: [secret],
    privateValues: ["https://internal.example/häuser"],
  });

  it("hides what is left of them before the mark of the cut, however it is written", () => {
    const messages: readonly (readonly [shown: string, masked: string])[] = [
      ["The value wJalr… is no number.", "The value ‹secret›… is no number."],
      ['The value "wJalr \\"XU…" is no number.', 'The value "‹secret›…" is no number.'],
      ["The path /wJalr%20%22XUt… is odd.", "The path /‹secret›… is odd."],
      ["wJal…, then https://internal.exa…", "‹secret›…, then ‹private value›…"],
    ];
    for (const [shown, masked] of messages) assert.equal(redactor.message(shown), masked);
  });

  it("leaves what is too little to tell anything, and what only begins alike", () => {
    for (const shown of ["wJa…", "wJalx…", "… wJalr", "nothing…"])
      assert.equal(redactor.message(shown), shown);
  });
});

describe("the redactor, of fields by their name", () => {
  const { field, text, json } = createRedactor(none);

  it("masks the value of every cookie that is sent, and of the one that is set", () => {
    const sent = "theme=dark; session=abc==; bare;empty=";
    const masked = "theme=‹secret›; session=‹secret›; ‹secret›;empty=";
    assert.equal(field("Cookie", sent), masked);
    assert.equal(text(`GET / HTTP/1.1\r\ncookie: ${sent}\r\n`), `GET / HTTP/1.1\r\ncookie: ${masked}\r\n`);
    assert.equal(field("Set-Cookie", "sid=a=b; Path=/; HttpOnly"), "sid=‹secret›; Path=/; HttpOnly");
  });

  it("masks a token that a word of its own names, of whatever product", () => {
    for (const name of ["X-Vault-Token", "x_plex_token", "X-Figma-Token", "ci.token"]) {
      assert.equal(field(name, "s.abcdef"), "‹token, 8 chars›", name);
      assert.equal(text(`${name.replaceAll(".", "-")}: s.abcdef`).includes("s.abcdef"), false, name);
      assert.deepEqual(json({ [name]: "s.abcdef" }), { [name]: "‹token, 8 chars›" });
    }
  });

  it("leaves tokens that give access to nothing: pages, retries, and a token of a parser", () => {
    for (const name of ["nextToken", "X-Next-Token", "continuation-token", "clientRequestToken", "token"])
      assert.equal(field(name, "s.abcdef"), "s.abcdef", name);
  });
});
