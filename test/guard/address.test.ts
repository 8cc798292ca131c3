import assert from "node:assert/strict";
import {
  checkAddress,
  forbiddenAddress,
  hostOfAuthority,
  isForbiddenAddress,
  isForbiddenHost,
  isLoopbackAddress,
  isLoopbackHost,
} from "../../src/guard/address.ts";

const forbiddenHosts = [
  "169.254.169.254",
  "169.254.0.1",
  "169.254.170.2",
  "169.254.170.23",
  "2852039166",
  "0xA9FEA9FE",
  "0xa9.0xfe.0xa9.0xfe",
  "0251.0376.0251.0376",
  "169.254.43518",
  "169.254.169.254.",
  "[fe80::1]",
  "[febf::1]",
  "[fd00:ec2::254]",
  "[FD00:EC2:0:0:0:0:0:254]",
  "[fd00:ec2::23]",
  "[::ffff:169.254.169.254]",
  "[::ffff:a9fe:a9fe]",
  "[64:ff9b::169.254.169.254]",
  "[2002:a9fe:a9fe::1]",
  "[::169.254.169.254]",
  "metadata.google.internal",
  "Metadata.Google.Internal.",
  "instance-data",
  "instance-data.ec2.internal",
];

const permittedHosts = [
  "169.253.255.255",
  "169.255.0.0",
  "10.0.0.1",
  "192.168.1.1",
  "[fec0::1]",
  "[fd00:ec2::1:254]",
  "[2001:db8::1]",
  "example.com",
  "169.254.169.254.example.com",
  "0xa9fea9fe.example.com",
  "cafe",
  "",
];

describe("isForbiddenHost", () => {
  for (const host of forbiddenHosts) it(`forbids ${host}`, () => assert.equal(isForbiddenHost(host), true));
  for (const host of permittedHosts)
    it(`permits ${host || "(empty)"}`, () => assert.equal(isForbiddenHost(host), false));
});

describe("isLoopbackHost", () => {
  it("knows this machine by its names and literals only", () => {
    const loopback = [
      "127.0.0.1",
      "127.255.0.9",
      "[::1]",
      "localhost",
      "LOCALHOST",
      "localhost.",
      "a.b.localhost",
    ];
    const other = [
      "128.0.0.1",
      "126.255.255.255",
      "[::2]",
      "[::]",
      "0.0.0.0",
      "localhost.example.com",
      "notlocalhost",
    ];
    assert.deepEqual(
      loopback.map(isLoopbackHost),
      loopback.map(() => true),
    );
    assert.deepEqual(
      other.map(isLoopbackHost),
      other.map(() => false),
    );
  });
});

describe("addresses", () => {
  it("sees through IPv4-mapped forms and zones", () => {
    assert.deepEqual(
      ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.1", "localhost", ""].map(isLoopbackAddress),
      [true, true, true, false, false, false],
    );
    assert.deepEqual(
      ["fe80::1%eth0", "::ffff:169.254.1.1", "fd00:ec2::254", "93.184.216.34", "not an address"].map(
        isForbiddenAddress,
      ),
      [true, true, true, false, false],
    );
  });

  it("takes the port off an authority", () => {
    assert.deepEqual(["h:80", "h", "[::1]:8080", "[::1]"].map(hostOfAuthority), ["h", "h", "[::1]", "[::1]"]);
  });
});

describe("checkAddress", () => {
  it("lets ordinary and loopback addresses through", () => {
    assert.equal(checkAddress("93.184.216.34", "example.com"), null);
    assert.equal(checkAddress("127.0.0.1", "localhost"), null);
    assert.equal(checkAddress("::1", "pets.localhost"), null);
    assert.equal(checkAddress("127.0.0.1", "example.com"), null);
    assert.equal(checkAddress("127.0.0.1", "127.0.0.1"), null);
  });

  it("stops a name that leads to a metadata address", () => {
    const error = checkAddress("169.254.169.254", "rebind.example.com");
    assert.deepEqual(
      [error?.code, error?.phase, error?.message, error?.hint],
      [
        "E_REFUSED_ADDRESS",
        "guard",
        "rebind.example.com resolves to 169.254.169.254, a link-local or metadata address, where credentials are handed out; nothing was sent.",
        "Send to the service's own host name; metadata services cannot be called with awsreq.",
      ],
    );
    assert.equal(
      forbiddenAddress("169.254.169.254", null).message,
      "169.254.169.254 is a link-local or metadata address, where credentials are handed out; nothing was sent.",
    );
  });

  it("stops a localhost name that leads elsewhere", () => {
    const error = checkAddress("93.184.216.34", "pets.localhost");
    assert.deepEqual(
      [error?.code, error?.message],
      [
        "E_REFUSED_NOT_LOOPBACK",
        "pets.localhost should be this machine, but resolves to 93.184.216.34; nothing was sent.",
      ],
    );
    assert.equal(checkAddress("fe80::1", "localhost")?.code, "E_REFUSED_ADDRESS");
  });
});
