import { type FaultRow, fails, passes, row } from "../faultRow.ts";

/** Faults of a proxy. */
export const proxyFaults: readonly FaultRow[] = [
  row(
    20,
    "The proxy wants authentication",
    "The proxy, where it was chosen, and what it asks for. Its answer is kept and labelled as the proxy's. Nothing goes to the host.",
    "Put user name and password into the proxy's URL (percent-encoded), or exempt the host by `NO_PROXY`.",
    { "407 to CONNECT": fails("E_PROXY_REFUSED", "proxy", 'wants authentication (Basic realm="corp")') },
  ),
  row(
    21,
    "The proxy refuses to connect",
    "Its status and its page, labelled as the proxy's; a page that stalls as far as it came.",
    "Ask who runs the proxy, or exempt the host by `NO_PROXY`.",
    {
      "403 with a length": fails("E_PROXY_REFUSED", "proxy", "it answered 403"),
      "405 in chunks": fails("E_PROXY_REFUSED", "proxy", "it answered 405"),
      "502 to the end": fails("E_PROXY_REFUSED", "proxy", "it answered 502"),
      "a page that stalls": fails("E_PROXY_REFUSED", "proxy", "it answered 502"),
    },
  ),
  row(
    22,
    "The proxy does not answer",
    "The proxy is named, not the host.",
    "Check that the address is that of an HTTP proxy, that it runs, and that it may reach the host.",
    {
      silent: fails("E_PROXY_TIMEOUT", "proxy", "did not answer within"),
      closed: fails("E_PROXY_CLOSED", "proxy", "closed the connection without opening the tunnel"),
      reset: fails("E_PROXY_CLOSED", "proxy", "reset the connection without opening the tunnel"),
      "nobody there": fails("E_PROXY_CONNECT", "proxy", "nothing listens on that port"),
    },
  ),
  row(
    23,
    "What comes through the tunnel is no TLS",
    "The proxy is named.",
    "Correct the proxy, or exempt the host by `NO_PROXY`.",
    {
      "garbage with the 200": fails("E_PROXY_PROTOCOL", "proxy", "what came through it is not TLS"),
      "no HTTP at all": fails("E_PROXY_PROTOCOL", "proxy", "the proxy"),
    },
  ),
  row(
    24,
    "The proxy's 200 announces a body",
    "The fields are ignored, as the specification says: the tunnel works. A body that really comes is an error of the proxy.",
    "Nothing, while the tunnel works.",
    {
      "Content-Length: 0": passes(),
      "Transfer-Encoding: chunked": passes(),
      "a body": fails("E_PROXY_PROTOCOL", "proxy", "what came through it is not TLS"),
    },
  ),
  row(
    25,
    "The variables for proxies are odd",
    "A URL that is none, or of a kind that is not supported, is refused by the name of its variable. `NO_PROXY` takes names, what is under them, ports, address ranges (`10.0.0.0/8`) and `*`.",
    "Write `http://host:port`, or unset the variable.",
    {
      "no URL": fails("E_PROXY_URL", "proxy", "HTTPS_PROXY"),
      SOCKS: fails("E_PROXY_URL", "proxy", "HTTPS_PROXY"),
      "NO_PROXY: the host": passes(),
      "NO_PROXY: .x": passes(),
      "NO_PROXY: x:port": passes(),
      "NO_PROXY: *": passes(),
    },
  ),
  row(
    26,
    "The proxy's password has special characters",
    "It reaches the proxy as it is meant, and is shown nowhere.",
    "Percent-encode what URLs reserve; a stray `%` is taken as it stands.",
    { "percent-encoded": passes(), "a stray %": passes() },
  ),
];
