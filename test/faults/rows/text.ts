import { answers, type FaultRow, fails, passes, row } from "../faultRow.ts";

const encoding = (says: string) => fails("E_BODY_ENCODING", "body", says);
const uncompressed = "Send again; if it stays, ask for the body with `Accept-Encoding: identity`.";

/** Faults of how a body is encoded and read. */
export const textFaults: readonly FaultRow[] = [
  row(65, "The body is gzip", "The body, decoded.", "Nothing.", {
    "one member": passes(),
    "two members": passes(),
    "no bytes at all": passes(),
  }),
  row(
    66,
    "The compressed body is damaged",
    "What can be decoded, or the bytes as they came; never as a success.",
    uncompressed,
    {
      "gzip that is cut": encoding("gzip data is cut short"),
      "gzip with a wrong checksum": encoding("gzip data"),
      "gzip with garbage behind it": encoding("gzip data"),
      "not gzip at all": encoding("gzip"),
      "deflate that is cut": encoding("deflate data is cut short"),
      "brotli that is cut": encoding("br data is cut short"),
    },
  ),
  row(
    67,
    "The body is deflate",
    "The body, decoded, with or without the header that belongs there.",
    "Nothing.",
    {
      "with zlib's header": passes(),
      "without it": passes(),
    },
  ),
  row(
    68,
    "The body is in another coding",
    "brotli is undone. A coding that this runtime does not have is named, and the bytes are as they came.",
    "`--output FILE` keeps the bytes; ask for the body with `Accept-Encoding: gzip`.",
    { brotli: passes(), zstd: passes("zstd"), "an unknown coding": passes("compress") },
  ),
  row(69, "The coding's name is spelled otherwise", "The body, decoded.", "Nothing.", {
    "aws-chunked, identity, none": passes(),
    GZIP: passes(),
    "x-gzip": passes(),
  }),
  row(
    70,
    "A small body becomes a very large one",
    "What comes before the limit: 200 MB decoded, where it is shown or goes into `--json`. `--output` and pipes have none.",
    "`awsreq send --output FILE`, or a pipe.",
    {
      "one layer of gzip": fails("E_BODY_TOO_LARGE", "body", "(decodedBody)"),
      "two layers": fails("E_BODY_TOO_LARGE", "body", "(decodedBody)"),
      brotli: fails("E_BODY_TOO_LARGE", "body", "(decodedBody)"),
      "larger as it comes": fails("E_BODY_TOO_LARGE", "body", "(receivedBody)"),
    },
  ),
  row(
    71,
    "Codings lie on one another, more than five",
    "That there are more than five, by name; the bytes as they came.",
    uncompressed,
    {
      "six times gzip": encoding("6 encodings; the limit (encodings) is 5"),
    },
  ),
  row(
    72,
    "The body is in another charset, or in none",
    "It is read in the charset of its mark, its Content-Type or the document itself; what is none of it is a replacement character, with a note. `--output` and pipes have the very bytes.",
    "Nothing.",
    {
      "UTF-8 with a byte order mark": passes("é"),
      "UTF-16LE": passes("é"),
      "UTF-16BE": passes("é"),
      "Latin-1": passes("é"),
      "Shift JIS": passes("日"),
      "an unknown charset": passes("not shown"),
      "invalid UTF-8": passes("is not all UTF-8"),
      "half a surrogate pair": passes("is not all UTF-16LE"),
      "NUL bytes": passes("is binary"),
    },
  ),
  row(
    73,
    "The body is odd JSON",
    "Re-indented from its text on a terminal, so that no number, key or order changes. What is none, and what is above 1 MB, stays as it came.",
    "Nothing.",
    {
      "large integers and 1e400": passes("12345678901234567890"),
      "keys that come twice": passes('"a": 2'),
      "the key __proto__": passes('"__proto__": 1'),
      "10 000 levels": passes("[[["),
      "more than 1 MB": passes("0,0,0"),
      NDJSON: passes('{"a":1}\n{"a":2}'),
      "a comma too many": passes("[1,]"),
      empty: passes("0 B"),
    },
  ),
  row(
    74,
    "The body is odd XML",
    "As it came: no entity is expanded, no document type is looked up. An error of AWS in it is found all the same.",
    "Nothing.",
    {
      "entities in entities": answers("(iam-no-identity-allow)"),
      "an external entity": answers("&xxe;"),
      CDATA: answers("<![CDATA["),
      "more than 4 MB in a line": passes("<a>"),
    },
  ),
  row(
    75,
    "The Content-Type is not true",
    "On a terminal text is shown, whatever it is called, and other bytes are not. The panel goes by the first bytes, and shows a picture only where they are one's.",
    "`--output FILE` keeps the bytes, a pipe gets them.",
    {
      "bytes that are called text": passes("is binary"),
      "text that is called octet-stream": passes("hello"),
      "a PNG that is called HTML": passes("is binary"),
      "HTML that is called a PNG": passes("<b>hello</b>"),
    },
  ),
  row(
    76,
    "The body is a page that would do something",
    "It is text: nothing of it runs, nothing that it names is fetched. In the panel a page is source.",
    "Nothing.",
    { "scripts, refreshes, pictures and forms": passes("<script>") },
  ),
];
