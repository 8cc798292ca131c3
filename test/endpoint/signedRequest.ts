import aws4 from "aws4";
import { basicDate } from "../../src/endpoint/signatureTime.ts";

/** The key pair of most tests. */
export const keys = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

/** The clock of most tests. */
export const noon = new Date("2026-03-29T12:00:00Z");

/** What to sign; the rest is a GET of the pets for us-east-1/execute-api at noon. */
export interface ToSign {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly region?: string;
  readonly service?: string;
  readonly date?: Date;
  readonly credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  /** Seconds; presigns when it is given. */
  readonly expires?: number;
}

/** A request as it goes on the wire. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | Buffer;
}

/** Signs with aws4, which shares no code with the endpoint. */
export function signedRequest(request: ToSign): WireRequest {
  const date = basicDate((request.date ?? noon).getTime());
  const presigning = request.expires !== undefined;
  const path = request.path ?? "/prod/pets";
  const mark = path.includes("?") ? "&" : "?";
  const signed = aws4.sign(
    {
      host: request.host ?? "127.0.0.1:8998",
      method: request.method ?? "GET",
      path: presigning ? `${path}${mark}X-Amz-Date=${date}&X-Amz-Expires=${request.expires}` : path,
      headers: { ...request.headers, ...(presigning ? {} : { "X-Amz-Date": date }) },
      region: request.region ?? "us-east-1",
      service: request.service ?? "execute-api",
      signQuery: presigning,
      ...(request.body === undefined ? {} : { body: request.body }),
    },
    request.credentials ?? keys,
  );
  return {
    method: request.method ?? "GET",
    path: signed.path ?? path,
    headers: Object.entries(signed.headers ?? {}).map(([name, value]) => [name, String(value)]),
    body: request.body ?? "",
  };
}

/** A request with one header's value changed, or without it. */
export function withHeader(request: WireRequest, name: string, change: (value: string) => string | null) {
  const headers = request.headers.flatMap(([given, value]) => {
    const changed = given.toLowerCase() === name.toLowerCase() ? change(value) : value;
    return changed === null ? [] : [[given, changed] as const];
  });
  return { ...request, headers };
}

/** The bytes of a body. */
export function bytesOf(body: string | Buffer): Buffer {
  return typeof body === "string" ? Buffer.from(body, "utf8") : body;
}
