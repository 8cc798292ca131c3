import { answers, type FaultRow, fails, passes, row } from "../faultRow.ts";

/** Faults while the request is on its way. */
export const uploadFaults: readonly FaultRow[] = [
  row(
    83,
    "The server answers while the body is still being sent",
    "The answer; that the rest could not be sent is no error of its own.",
    "What the answer says: 413 wants a smaller body.",
    { "413, then a close": answers("413"), "413, then a reset": answers("413") },
  ),
  row(
    84,
    "The server stops reading",
    "A time-out after 30 seconds in which it takes nothing, or the connection that it cut.",
    "Give it more time with `# @timeout`, `--timeout` or the setting `awsreq.timeout` if it is known to pause.",
    {
      "it takes no more": fails("E_IDLE_TIMEOUT", "send", "took no more of the request for"),
      "it resets the connection": fails("E_SEND_CUT", "send", "while the request was being sent"),
    },
  ),
  row(
    85,
    "The request says Expect: 100-continue",
    "The body waits for the server's 100, a second at most; after a refusal it is not sent.",
    "What the answer says.",
    { "100": passes(), "no word": passes(), "417": answers("417"), "403": answers("403") },
  ),
  row(
    86,
    "A file of the body cannot be sent as it is",
    "Place, path and reason. What is hashed is what is sent: a file that changes meanwhile is refused.",
    "Include a regular file that holds still while it is sent; its size does not matter.",
    {
      missing: fails("E_INCLUDE_UNREADABLE", "file", "nowhere.bin does not exist"),
      "a folder": fails("E_REFUSED_INCLUDE_KIND", "file", "is a folder, not a file"),
      "a FIFO": fails("E_REFUSED_INCLUDE_KIND", "file", "FIFO (named pipe), not a file"),
      "larger than is held in memory": passes(),
      "of no bytes": passes(),
      "of any bytes": passes(),
    },
  ),
  row(87, "The body has unusual bytes", "It is sent byte for byte.", "Nothing.", {
    "NUL and CRLF": passes(),
    "a byte order mark": passes(),
    emoji: passes(),
    "multipart with its boundary in a part": passes(),
  }),
  row(
    88,
    "The method is unusual",
    "It is sent, and signed, as written; only the standard ones are put into capitals.",
    "Nothing.",
    {
      "GET with a body": passes(),
      "DELETE with a body": passes(),
      PURGE: passes(),
      "purge, in small letters": passes(),
      "get, in small letters": passes("GET"),
    },
  ),
];
