import * as http from "node:http";
import * as https from "node:https";
import { type TlsPeer, tlsOptions } from "./tls.ts";

/**
 * Opens a request: over TLS with that peer, or in plain for null. It goes by the functions of `node:http(s)`, and not by
 * sockets made here, so that a host application that routes those through its proxy does so for us too. No redirect is
 * followed and nothing is tried again.
 */
export function openHttp(options: http.RequestOptions, peer: TlsPeer | null): http.ClientRequest {
  return peer === null ? http.request(options) : https.request({ ...options, ...tlsOptions(peer) });
}
