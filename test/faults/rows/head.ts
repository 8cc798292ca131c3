import { answers, type FaultRow, fails, passes, row } from "../faultRow.ts";

const malformed = (says: string) => fails("E_RESPONSE_MALFORMED", "head", says);
const serverIsWrong =
  "The server is wrong here, not the request: look at what it runs on, or at what stands before it.";

/** Faults of the head of an answer. */
export const headFaults: readonly FaultRow[] = [
  row(
    27,
    "What comes is not HTTP",
    "The first 64 bytes, with everything written out that a terminal would obey.",
    "Check that the port is that of an HTTP server.",
    {
      "a page without a head": fails("E_NOT_HTTP", "head", '"<html>\\r\\n\\x00\\"old\\"\\x1b[31m\\x9b"'),
      "many bytes": fails("E_NOT_HTTP", "head", 'x…"'),
    },
  ),
  row(28, "The server speaks HTTP/1.0", "The answer as usual; the version is shown.", "Nothing.", {
    "with a length": passes(),
    "without a length": passes(),
  }),
  row(
    29,
    "The server speaks HTTP/2 only",
    "That it does.",
    "Only HTTP/1.1 is sent: use an endpoint or port that speaks it.",
    {
      "in plain text": fails("E_HTTP2_ONLY", "head", "HTTP/2"),
      "agreed in the TLS handshake": fails("E_HTTP2_ONLY", "tls", "HTTP/2"),
    },
  ),
  row(30, "The status line has no reason phrase", "The status.", "Nothing.", { "a bare 200": passes("200") }),
  row(
    31,
    "The reason phrase is long, or is markup",
    "It is text, with control characters written out; a long one is clipped to 200 characters. `--json` has it whole.",
    "Nothing.",
    {
      "2 KB of it": passes("…"),
      markup: passes("<script>alert(1)</script>"),
      "escape sequences": passes("\\x1b[2J"),
    },
  ),
  row(
    32,
    "The status is outside of 100 to 599",
    "A status below 100 is no answer: what came is kept beside the error. One above 599 is shown as it came, with a warning, and counts as a refusal.",
    serverIsWrong,
    {
      "0": malformed("its status is 0, and HTTP has 100 to 599"),
      "99": malformed("its status is 99, and HTTP has 100 to 599"),
      "600": answers("600"),
      "999": answers("999"),
    },
  ),
  row(
    33,
    "The server switches to another protocol, unasked",
    "The 101 and its fields; the connection is closed.",
    "WebSockets and other protocols behind an upgrade are not supported.",
    {
      "with Upgrade": fails("E_PROTOCOL_SWITCH", "head", "101"),
      "without Upgrade": fails("E_PROTOCOL_SWITCH", "head", "101"),
    },
  ),
  row(
    34,
    "Interim answers come before the answer",
    "The answer. Interim answers are listed with `--include`, `--verbose` and `--json`.",
    "Nothing.",
    { "100, 102 and 103": passes() },
  ),
  row(35, "Interim answers do not end", "An error after 32 of them.", serverIsWrong, {
    "40 of them": fails("E_INTERIM_LIMIT", "head", "more than 32 interim answers"),
  }),
  row(
    36,
    "The head comes byte by byte and does not end",
    "The time for the head runs to its end, so that dripping does not prolong it.",
    "Give it more time with `# @timeout`, `--timeout` or the setting `awsreq.timeout` if the server is known to be slow.",
    { "a drip": fails("E_HEAD_TIMEOUT", "head", "but no complete response head within") },
  ),
  row(
    37,
    "The connection ends in the middle of the head",
    "What came of it.",
    "Send again; if it stays, look at the server's log.",
    {
      closed: fails(
        "E_HEAD_CUT",
        "head",
        'closed the connection while sending headers, after 27 bytes: "HTTP/1.1 200 OK',
      ),
      reset: fails("E_HEAD_CUT", "head", "while sending headers"),
    },
  ),
  row(
    38,
    "The head is large",
    "It is taken up to 300 KB.",
    "The server has to send a smaller head; the limit is fixed.",
    {
      "a field of 20 KB": passes(),
      "a field of 1 MB": fails("E_HEAD_TOO_LARGE", "head", "larger than the limit of 300 KB"),
    },
  ),
  row(
    39,
    "The head has many fields",
    "All of them, up to 5000; beyond that, the first 5000 beside the error.",
    "The server has to send fewer fields; the limit is fixed.",
    {
      "3000": passes(),
      "6000": fails("E_TOO_MANY_FIELDS", "head", "has 6000 fields; the limit (fields) is 5000"),
    },
  ),
  row(40, "Fields come more than once", "Each of them, in order and as it is written.", "Nothing.", {
    "fifty cookies": passes(),
    "other fields, in other case": passes(),
  }),
  row(41, "Fields have names that are special to JavaScript", "They are fields like any other.", "Nothing.", {
    "the name __proto__": passes(),
    "the name constructor": passes(),
    "the name toString": passes(),
  }),
  row(
    42,
    "The head is malformed",
    "Which malformation it is, and the first 64 bytes. It is not guessed what may have been meant: that is how answers get smuggled.",
    serverIsWrong,
    {
      "a NUL": malformed("it holds a NUL"),
      "a bare CR": malformed("CR"),
      "lines that end in LF only": malformed("LF without CR"),
      "a line without colon": malformed("a header line has no colon"),
      "a blank before the colon": malformed("a blank stands before the colon"),
      "a blank before the first field": malformed("the first header line begins with a blank"),
      "a folded field": malformed("folded over two lines"),
      "an unknown HTTP version": malformed("its HTTP version is unknown"),
      "a status that is no number": malformed("its status is not a three-digit number"),
    },
  ),
  row(43, "Fields are not ASCII", "As UTF-8 where they are, else as Latin-1.", "Nothing.", {
    "UTF-8": passes(),
    "Latin-1": passes(),
  }),
  row(
    44,
    "Fields hold what a terminal or a page would obey",
    "Control characters that HTTP forbids make the head malformed, and are written out where it is told. Others are written out on a terminal, escaped in `--json`, text in the panel.",
    "Nothing; a head with control characters is the server's mistake.",
    {
      "an escape sequence": malformed("\\x1b[2J"),
      "an operating system command": malformed("\\x1b]0;title\\x07"),
      "a control character above ASCII": passes("\\x9b"),
      "bidirectional text": passes("\\u202e"),
      markup: passes("<img src=x onerror=alert(1)>"),
    },
  ),
  row(45, "Content-Type is odd", "It is shown; the body is read as its bytes say.", "Nothing.", {
    "a quote that does not end": passes(),
    twice: passes(),
    nonsense: passes(),
  }),
];
