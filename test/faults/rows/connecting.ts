import { type FaultRow, fails, passes, row } from "../faultRow.ts";

/** Faults on the way to a server. */
export const connectingFaults: readonly FaultRow[] = [
  row(
    1,
    "The host's name does not resolve",
    "The name is shown. Where its region is misspelt, the nearest region is named.",
    "Check the spelling; a private endpoint's name resolves only inside its network or VPN.",
    {
      "a name that nobody has": fails("E_HOST_NOT_FOUND", "dns", "the name does not resolve"),
      "a misspelt region": fails("E_HOST_NOT_FOUND", "dns", "did you mean eu-west-1?"),
      "a name without addresses": fails("E_HOST_NOT_FOUND", "dns", "the name does not resolve"),
    },
  ),
  row(
    2,
    "The DNS server does not answer",
    "It is said that the network is to blame, not that the host does not exist.",
    "Check the network connection, the VPN and the DNS settings of this machine, then send again.",
    {
      "a temporary failure": fails("E_DNS_UNAVAILABLE", "dns", "the DNS server did not answer"),
      "a look-up that never ends": fails("E_DNS_TIMEOUT", "dns", "could not be looked up within"),
    },
  ),
  row(
    3,
    "The port is closed",
    "Host and port are named.",
    "Check the port, and whether the server is running.",
    {
      "a port on which nothing listens": fails(
        "E_CONNECT_REFUSED",
        "connect",
        "nothing listens on that port",
      ),
    },
  ),
  row(
    4,
    "The connection is neither accepted nor refused",
    "After 10 seconds the attempt is given up.",
    "Check host and port, VPN, firewall and security groups.",
    { "a full backlog": fails("E_CONNECT_TIMEOUT", "connect", "did not accept the connection within") },
  ),
  row(
    5,
    "Some of the host's addresses are dead",
    "The next address is tried. When all are dead, that is the error.",
    "Nothing, while one address answers.",
    {
      "the first is dead, the second answers": passes(),
      "all are dead": fails("E_CONNECT_REFUSED", "connect", "was refused"),
    },
  ),
  row(
    6,
    "The server takes the request and never answers",
    "The wait for the head of the answer ends after 60 seconds, or when you cancel it.",
    "The server may still be at work. Give it more time with `# @timeout`, `--timeout` or the setting `awsreq.timeout`.",
    {
      silence: fails("E_HEAD_TIMEOUT", "head", "did not answer within"),
      "a bound for the whole exchange": fails("E_TOTAL_TIMEOUT", "head", "was not finished within"),
    },
  ),
  row(
    7,
    "The server closes the connection without answering",
    "It is said that nothing came, and whether the connection was closed in order.",
    "Send again; if it stays, look at the server's log. A port that speaks TLS wants `https://`.",
    { "closed at once": fails("E_NO_ANSWER", "head", "closed the connection without answering") },
  ),
  row(
    8,
    "The server resets the connection",
    'As above, with the word "reset".',
    "Send again; if it stays, look at the server's log, and at what stands before it.",
    {
      "reset once the request is there": fails(
        "E_NO_ANSWER",
        "head",
        "reset the connection without answering",
      ),
    },
  ),
  row(
    9,
    "The port of an `https://` URL speaks plain HTTP",
    "Host and port are named as not speaking TLS.",
    "Correct the port, or write `http://`.",
    { "a plain HTTP server": fails("E_NOT_TLS", "tls", "does not speak TLS on this port") },
  ),
  row(
    10,
    "The port of an `http://` URL speaks TLS",
    "The advice names `https://`.",
    "Write the URL with `https://`.",
    {
      "hangs up": fails("E_NO_ANSWER", "head", "write the URL with https://"),
      "answers with an alert": fails("E_TLS_EXPECTED", "head", "Write the URL with https://"),
    },
  ),
  row(
    11,
    "The connection ends during the TLS handshake",
    "Whether it was closed or reset.",
    "Check that the port speaks TLS for this host; a firewall may cut the connection too.",
    {
      closed: fails("E_TLS_CLOSED", "tls", "closed the connection during the TLS handshake"),
      reset: fails("E_TLS_CLOSED", "tls", "reset the connection during the TLS handshake"),
    },
  ),
  row(
    12,
    "The server speaks only old versions of TLS",
    "The version is named as the problem.",
    "The server has to offer TLS 1.2 or newer.",
    {
      "TLS 1.0": fails("E_TLS_VERSION", "tls", "TLS 1.2"),
      "TLS 1.1": fails("E_TLS_VERSION", "tls", "TLS 1.2"),
    },
  ),
  row(
    13,
    "The certificate is self-signed",
    "Subject, issuer and SHA-256 fingerprint. Nothing is sent. No file, setting or variable turns the check off.",
    "If the server is yours, trust its certificate by `AWS_CA_BUNDLE` or `NODE_EXTRA_CA_CERTS`.",
    {
      "a certificate of its own": fails("E_TLS_SELF_SIGNED", "tls", "self-signed certificate"),
      "NODE_TLS_REJECT_UNAUTHORIZED=0": fails("E_TLS_SELF_SIGNED", "tls", "self-signed certificate"),
    },
  ),
  row(
    14,
    "The certificate is not valid today",
    "The date of the certificate that is passed, or not yet come.",
    "The server needs a new certificate, unless this machine's clock is wrong.",
    {
      expired: fails("E_TLS_EXPIRED", "tls", "clock"),
      "not yet valid": fails("E_TLS_NOT_YET_VALID", "tls", "clock"),
    },
  ),
  row(
    15,
    "The certificate is for another name",
    "The names that it is for.",
    "Correct the host. For a bucket with dots in its name, write the bucket into the path.",
    {
      "another host": fails("E_TLS_WRONG_NAME", "tls", "it names DNS:a.example.test"),
      "a bucket with dots": fails("E_TLS_WRONG_NAME", "tls", "bucket in the path"),
    },
  ),
  row(
    16,
    "Nobody that this machine trusts issued the certificate",
    "The chain as the server sent it, and the fingerprint.",
    "Add the authority by `AWS_CA_BUNDLE` or `NODE_EXTRA_CA_CERTS`, or have the server send its intermediate certificate.",
    {
      "an unknown authority": fails("E_TLS_UNKNOWN_ISSUER", "tls", "CN=Test Authority"),
      "a missing intermediate": fails("E_TLS_UNKNOWN_ISSUER", "tls", "chain: CN=localhost"),
    },
  ),
  row(
    17,
    "The server wants a client certificate",
    "That it does; TLS 1.2 cannot tell it from having no cipher in common, so both are named.",
    "Client certificates are not supported: use an endpoint that takes a signature.",
    {
      "with TLS 1.3": fails("E_TLS_CLIENT_CERTIFICATE", "tls", "client certificate"),
      "with TLS 1.2": fails("E_TLS_HANDSHAKE", "tls", "or it requires a client certificate"),
    },
  ),
  row(
    18,
    "The TLS handshake stalls",
    "After 10 seconds it is given up.",
    "Check that the port speaks TLS; a firewall may swallow the handshake.",
    { "no word of the server": fails("E_TLS_TIMEOUT", "tls", "did not finish the TLS handshake within") },
  ),
  row(
    19,
    "The host is written unusually",
    "It is connected to, named in `Host` and signed as one and the same host.",
    "Nothing.",
    {
      "an IPv4 literal": passes(),
      "an IPv6 literal": passes(),
      "a dot at the end": passes(),
      "mixed case": passes(),
      "an internationalised name": passes(),
    },
  ),
];
