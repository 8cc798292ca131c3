/** True for `host[:port]` that is this machine by its very name: 127/8, ::1, `localhost`, `*.localhost`. */
export function isLoopbackAuthority(authority: string): boolean {
  const host = authority.toLowerCase().replace(/:\d*$/, "");
  return /^127(?:\.\d{1,3}){3}$/.test(host) || host === "[::1]" || /^(?:[a-z0-9-]+\.)*localhost$/.test(host);
}
