import { answers, type FaultRow, fails, passes, row } from "../faultRow.ts";

const malformedHead = (says: string) => fails("E_RESPONSE_MALFORMED", "head", says);
const malformedBody = (says: string) => fails("E_BODY_MALFORMED", "body", says);
const cut = (says: string) => fails("E_BODY_CUT", "body", says);
const serverIsWrong = "The server is wrong here, not the request.";
const sendAgain = "Send again; if it stays, look at the server's log, and at what stands before it.";

/** Faults of where a body ends. */
export const framingFaults: readonly FaultRow[] = [
  row(
    46,
    "The body is shorter than it was announced",
    "What came, never as a success: how many bytes, of how many.",
    sendAgain,
    {
      "3 of 100 bytes": cut("3 of 100 bytes"),
    },
  ),
  row(47, "The body is longer than it was announced", "The announced part, with a warning.", serverIsWrong, {
    "bytes behind the body": passes("The server sent extra bytes after the end of the body"),
  }),
  row(48, "The connection is reset in the middle of the body", "What came.", sendAgain, {
    "a reset after 3 bytes": cut("3 of 100 bytes"),
  }),
  row(49, "Content-Length is no length", "That it is not a number that can be right.", serverIsWrong, {
    negative: malformedHead("Content-Length is not a number that can be right"),
    "5a": malformedHead("Content-Length is not a number that can be right"),
    overflowing: malformedHead("Content-Length is not a number that can be right"),
  }),
  row(50, "Two Content-Length fields differ", "That there are two.", serverIsWrong, {
    "2 and 3": malformedHead("two Content-Length fields"),
  }),
  row(
    51,
    "Content-Length comes twice, alike",
    "That there are two; other programs take such an answer.",
    serverIsWrong,
    {
      "2 and 2": malformedHead("two Content-Length fields"),
    },
  ),
  row(52, "Content-Length stands beside Transfer-Encoding", "That they stand together.", serverIsWrong, {
    "the length first": malformedHead("Transfer-Encoding"),
    "the coding first": malformedHead("Transfer-Encoding"),
  }),
  row(
    53,
    "The body ends where the connection does",
    "The body, with a note that its length was not announced.",
    "Nothing.",
    {
      "no length": passes("Length unknown"),
    },
  ),
  row(
    54,
    "The chunks of a body are malformed or cut",
    "What came before it, and which malformation it is.",
    serverIsWrong,
    {
      "a size that is no number": malformedBody("the size of a chunk is not a hexadecimal number"),
      "a size that overflows": malformedBody("chunk"),
      "a missing line end": malformedBody("chunk"),
      "cut before the last chunk": cut("3 bytes arrived, but not the end"),
      "cut in the trailers": cut("3 bytes arrived, but not the end"),
    },
  ),
  row(55, "Chunks have extensions", "The body; extensions are ignored.", "Nothing.", {
    "a name and a value": passes(),
  }),
  row(
    56,
    "Fields come behind the body",
    "A group of their own, in `--include`, `--verbose`, `--json` and the panel.",
    "Nothing.",
    {
      "two trailers": passes(),
    },
  ),
  row(
    57,
    "Transfer-Encoding has more than chunked",
    "gzip, deflate and identity under chunked are undone. What cannot be undone is named, and the bytes are kept.",
    serverIsWrong,
    {
      "gzip, chunked": passes(),
      "identity, chunked": passes(),
      "gzip to the end": passes(),
      "a label that is not true": fails("E_BODY_ENCODING", "body", "gzip"),
      "an unknown coding": fails("E_BODY_ENCODING", "body", "compress"),
      "chunked twice": fails("E_BODY_ENCODING", "body", "chunked"),
    },
  ),
  row(58, "The body comes in very many chunks", "The body.", "Nothing.", { "100 000 of one byte": passes() }),
  row(
    59,
    "The body never ends",
    "It is shown as it comes, and kept when you stop it (Ctrl-C, or Cancel in the panel) or when its time is up.",
    "Stop it, or bound it by `--timeout`.",
    {
      "events, stopped": fails("E_CANCELLED", "cancel", "Cancelled while receiving the body"),
      "events, out of time": fails("E_TOTAL_TIMEOUT", "body", "it ended while receiving the body"),
      "an AWS event stream": fails("E_TOTAL_TIMEOUT", "body", "it ended while receiving the body"),
    },
  ),
  row(60, "A 204 has a body", "The 204, with a warning.", serverIsWrong, {
    "3 bytes": passes("The server sent extra bytes after the end of the body"),
  }),
  row(61, "A 304 has a length", "The 304; no body is waited for.", "Nothing.", {
    "Content-Length: 3": passes("304"),
  }),
  row(
    62,
    "The answer to HEAD has a length or a body",
    "The head; no body is waited for. One that comes is a warning.",
    "Nothing.",
    {
      "a length": passes(),
      chunked: passes(),
      "a body that may not be": passes("The server sent extra bytes after the end of the body"),
    },
  ),
  row(
    63,
    "The answer is a part of something",
    "Status and fields as they came.",
    "Ask for a range that there is.",
    {
      "205": passes("205"),
      "206 with Content-Range": passes("206"),
      "206 without": passes("206"),
      "416": answers("416"),
    },
  ),
  row(64, "A 200 has no bytes", "An empty body.", "Nothing.", { "a length of 0": passes("0 B") }),
];
