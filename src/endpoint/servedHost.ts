/** What a loopback authority names. */
export interface LoopbackAuthority {
  /** Lower case. */
  readonly host: string;
  readonly port: number;
}

/**
 * Reads `127.0.0.1`, `localhost` or a name under `.localhost`, with a port or without (80); null for any other.
 * A page of another site that resolves its own name to 127.0.0.1 still sends that name: it is refused by this.
 */
export function readLoopbackAuthority(authority: string): LoopbackAuthority | null {
  const match = /^(127\.0\.0\.1|(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*localhost)(?::(\d{1,5}))?$/.exec(
    authority.toLowerCase(),
  );
  if (match === null) return null;
  const port = Number(match[2] ?? 80);
  return port >= 1 && port <= 65_535 ? { host: match[1] ?? "", port } : null;
}

/** Whether a request with these Host headers is for the endpoint on this port: exactly one, and a loopback name. */
export function servesHost(hosts: readonly string[], port: number): boolean {
  const [host, another] = hosts;
  return host !== undefined && another === undefined && readLoopbackAuthority(host)?.port === port;
}
