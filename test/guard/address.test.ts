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
  // Other clouds' metadata.
  "100.100.100.200",
  "0x646464c8",
  "1684301000",
  "192.0.0.192",
  "168.63.129.16",
  "[fd20:ce::254]",
  "[fd20:00ce:0:0:0:0:0:0254]",
  "[fd00:c1::a9fe:a9fe]",
  "[fd00:c1::169.254.169.254]",
  "[fd00:42::42]",
  // IPv4-translated, -mapped, -compatible.
  "[::ffff:0:a9fe:a9fe]",
  "[::ffff:0:169.254.1.2]",
  "[::ffff:0:100.100.100.200]",
  "[::ffff:100.100.100.200]",
  "[::192.0.0.192]",
  "[::168.63.129.16]",
  // NAT64: the well-known prefix, those for local use, and a network's own.
  "[64:ff9b::168.63.129.16]",
  "[64:ff9b:1::a9fe:a9fe]",
  "[64:ff9b:1:abcd::a9fe:1]",
  "[64:ff9b:1:a9fe:a9:fe00::]",
  "[64:ff9b:1:a9:fe:a9fe::]",
  "[64:ff9b:1:1:a9:fea9:fe00:0]",
  "[64:ff9b:1:2:3:4:100.100.100.200]",
  "[2001:db8:64::169.254.169.254]",
  "[2001:db8:64::168.63.129.16]",
  "[2001:db8:a9fe:a9fe::]",
  "[2001:db8:1:a9fe:a9:fe00::]",
  // 6to4, Teredo (its server, its client), ISATAP.
  "[2002:6464:64c8::1]",
  "[2002:a83f:8110::]",
  "[2001:0:a9fe:a9fe:8000:0:0:0]",
  "[2001:0:4136:e378:8000:63bf:5601:5601]",
  "[2001:0:4136:e378:8000:63bf:9b9b:9b37]",
  "[fd00::5efe:a9fe:a9fe]",
  "[fd00::5efe:169.254.9.9]",
  "[2001:db8::200:5efe:100.100.100.200]",
  "[2001:db8:1:2:0:5efe:c000:c0]",
  // Names, before anybody looks them up.
  "metadata",
  "METADATA.",
  "metadata.goog",
  "Metadata.Goog.",
  "metadata.goog..",
  "a.metadata.goog",
  "www.metadata.google.internal",
  "metadata.c.my-project.internal",
  "metadata.azure.internal",
  "instance-data.us-west-2.compute.internal",
  "instance-data.corp",
  "x.instance-data.ec2.internal",
  "metadata.tencentyun.com",
  "api.metadata.cloud.ibm.com",
  "ｍｅｔａｄａｔａ.goog",
  "１６９.254.169.254",
  "metadata。goog",
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
  "100.100.100.201",
  "192.0.0.1",
  "168.63.129.17",
  "[64:ff9b::93.184.216.34]",
  "[2002:5db8:d822::1]",
  "[2001:db8::5efe:5db8:d822]",
  "[::ffff:93.184.216.34]",
  "[2606:4700::6810:84e5]",
  "[2001:4860:4860::8888]",
  "metadata.example.com",
  "api.metadata.example.com",
  "my-metadata",
  "metadata-api.internal",
  "instance-database.example.com",
  "notmetadata.goog",
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

  it("stops a metadata service's name, whatever address is given for it", () => {
    for (const name of ["metadata.google.internal", "metadata.goog", "instance-data"]) {
      assert.equal(checkAddress("93.184.216.34", name)?.code, "E_REFUSED_ADDRESS");
      assert.equal(checkAddress(name, name)?.code, "E_REFUSED_ADDRESS");
    }
    assert.equal(checkAddress("api.example.com", "api.example.com"), null);
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
