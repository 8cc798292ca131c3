/** The region that a host of AWS names; null for other hosts, and for those of every region. */
export function regionOfHost(host: string | null): string | null {
  const isAws = /\.(?:amazonaws\.com(?:\.cn)?|on\.aws|api\.aws)(?::\d+)?$/.test(host ?? "");
  if (!isAws) return null;
  return /[.-]((?:[a-z]{2}|us-gov|us-iso[a-z]?|eusc)-[a-z]+-\d)\./.exec(host ?? "")?.[1] ?? null;
}
