import { UserError } from "../errors.ts";
import type { ProxyChoice } from "./sendOptions.ts";

/** A proxy as it is connected to. */
export interface ProxyEndpoint {
  /** True when the proxy itself is spoken to over TLS. */
  readonly secure: boolean;
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** Value of Proxy-Authorization, or null. */
  readonly authorization: string | null;
  /** For messages: "the proxy http://proxy.corp:3128 (HTTPS_PROXY)", without user name and password. */
  readonly label: string;
}

const defaultPorts: ReadonlyMap<string, number> = new Map([
  ["http:", 80],
  ["https:", 443],
]);

/** Reads a proxy's URL. @throws UserError E_PROXY_URL, in which only the source is named: the URL may hold a password. */
export function parseProxy(choice: ProxyChoice): ProxyEndpoint {
  const url = URL.canParse(choice.url) ? new URL(choice.url) : null;
  const defaultPort = defaultPorts.get(url?.protocol ?? "");
  if (url === null || defaultPort === undefined || url.hostname === "") {
    throw new UserError({
      code: "E_PROXY_URL",
      phase: "proxy",
      message: `The proxy given by ${choice.source} is not a URL of the form http://host:port.`,
      hint: `Correct ${choice.source}; SOCKS and other kinds of proxy are not supported. Percent-encode special characters of a password.`,
    });
  }
  return {
    secure: url.protocol === "https:",
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? defaultPort : Number(url.port),
    authorization: basicAuthorization(url),
    label: `the proxy ${url.protocol}//${url.host} (${choice.source})`,
  };
}

function basicAuthorization(url: URL): string | null {
  if (url.username === "" && url.password === "") return null;
  const pair = `${percentDecoded(url.username)}:${percentDecoded(url.password)}`;
  return `Basic ${Buffer.from(pair, "utf8").toString("base64")}`;
}

/** A password with a stray "%" is taken as it stands. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
