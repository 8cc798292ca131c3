import { keysInAuthorization } from "../../request/headerLine.ts";
import type { HeaderLine, RequestBlock, RequestFile } from "../../stages.ts";

/** `Authorization: AWS <id> <secret> [token:T] [region:R] [service:S]`, its variables replaced by what the file defines. */
export interface AuthorizationKeys {
  readonly block: RequestBlock;
  readonly header: HeaderLine;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  /** As written: a directive may hold variables. */
  readonly region: string | undefined;
  readonly service: string | undefined;
}

/** Every such header of a file, in its order. */
export function authorizationKeys(file: RequestFile): readonly AuthorizationKeys[] {
  return file.requests.flatMap((block) => {
    const values = literalValues(file, block);
    return block.headers.flatMap((header) => read(block, header, values));
  });
}

function read(
  block: RequestBlock,
  header: HeaderLine,
  values: ReadonlyMap<string, string>,
): readonly AuthorizationKeys[] {
  const written = header.value.text;
  const text = expanded(written, values, deepest);
  if (keysInAuthorization(header.name.text, text, header.value.range).length === 0) return [];
  const [, accessKeyId = "", secretAccessKey = "", ...options] = text.split(/[ \t]+/);
  const shown = /^AWS[ \t]/i.test(written) ? written.split(/[ \t]+/) : options;
  return [
    {
      block,
      header,
      accessKeyId,
      secretAccessKey,
      sessionToken: option(options, "token"),
      region: option(shown, "region"),
      service: option(shown, "service"),
    },
  ];
}

function option(parts: readonly string[], name: string): string | undefined {
  const found = parts.find((part) => part.toLowerCase().startsWith(`${name}:`));
  return found?.slice(name.length + 1) || undefined;
}

const deepest = 10;

/** What the file's own definitions say; what comes from elsewhere stays a reference. */
function expanded(text: string, values: ReadonlyMap<string, string>, depth: number): string {
  if (depth === 0) return text;
  return text.replace(/\{\{([^{}]*)\}\}/g, (all, name: string) => {
    const value = values.get(name.trim());
    return value === undefined ? all : expanded(value, values, depth - 1);
  });
}

/** In the order of lookup, the last wins: other requests' definitions, the file's, the request's own. */
function literalValues(
  { preamble, requests }: RequestFile,
  block: RequestBlock,
): ReadonlyMap<string, string> {
  const elsewhere = requests.flatMap((request) => (request === block ? [] : request.variables));
  const definitions = [...elsewhere, ...preamble.variables, ...block.variables];
  return new Map(definitions.map(({ name, value }) => [name.text, value.text]));
}
