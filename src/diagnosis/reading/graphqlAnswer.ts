/** What AppSync says when a field's directives or its resolver deny it; IAM's denial names no type. */
export const resolverWords = /Not Authorized to access [\w.]{1,200} on type \w{1,200}/i;

/** Whether one field was denied, by something else than IAM; the answer may be 200 for all that. */
export function isResolverDenial(text: string): boolean {
  return resolverWords.test(text);
}
