import type { Socket } from "node:net";
import { answering } from "../transport/servers.ts";
import { type Scenario, signed } from "./matrix.ts";

/** A server that answers with these bytes, each character one, and then does this with the connection. */
export async function answered(
  bytes: string | Uint8Array,
  more: Partial<Scenario> = {},
  then: (socket: Socket) => void = () => undefined,
): Promise<Scenario> {
  const { port } = await answering(bytes, then);
  return { text: `${signed}GET http://127.0.0.1:${port}/\n`, host: `127.0.0.1:${port}`, ...more };
}

/** A whole answer as it goes on the wire. */
export function answerBytes(
  fields: readonly string[],
  body: string | Uint8Array,
  status = "200 OK",
): Uint8Array {
  const bytes = Buffer.from(body);
  const head = [`HTTP/1.1 ${status}`, ...fields, `Content-Length: ${bytes.length}`, "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head, "latin1"), bytes]);
}

/** A request to a server that answers this body under these fields; of a fault of the body no host is named. */
export function answeredWith(
  fields: readonly string[],
  body: string | Uint8Array,
  more: Partial<Scenario> = {},
  status?: string,
): Promise<Scenario> {
  return answered(answerBytes(fields, body, status), { host: "", ...more });
}
