import { answers, type FaultRow, fails, passes, row } from "../faultRow.ts";

const inFile = (code: string, says: string) => fails(code, "file", says);

/** Faults of the request file, and of the terminal. */
export const inputFaults: readonly FaultRow[] = [
  row(
    106,
    "The request file is odd",
    "File, line, column and what is wrong there, as compilers say it; in VS Code under the text. The other requests of the file are read all the same. What has a clear meaning is taken, with a hint or a warning.",
    "Correct the place that is named.",
    {
      empty: fails("E_SELECT", "usage", "The file holds no request"),
      "comments only": fails("E_SELECT", "usage", "The file holds no request"),
      "a method without a URL": inFile("E_URL_MISSING", "case.awsreq:1:"),
      "a misspelt method": passes("(W_METHOD_UNKNOWN)"),
      "a blank in the URL": passes("(W_URL_SPACE)"),
      "no host": inFile("E_URL_HOST", "case.awsreq:3:"),
      "an unknown variable": inFile("E_VARIABLE_UNKNOWN", "nowhere"),
      "a circle of variables": inFile("E_VARIABLE_LOOP", "a → b → a"),
      "an unclosed variable": inFile("E_VARIABLE_UNCLOSED", "case.awsreq:3:"),
      "an environment that there is not": fails("E_ENVIRONMENT_UNKNOWN", "usage", "There is no environment"),
      "an environment file that is no JSON": inFile("E_ENVIRONMENT_JSON", "http-client.env.json:3:1"),
      "an environment file of another form": inFile(
        "E_ENVIRONMENT_TYPE",
        "must hold an object of environments",
      ),
      "a private environment that git does not ignore": passes("git"),
      "### in the midst of a line, and twice": passes(),
      "CRLF, LF and CR": passes(),
      "a byte order mark": passes(),
      tabs: passes(),
      "a line of more than 1 MB": inFile("E_LINE_SIZE", "1 MB"),
      "a file of more than 5 MB": inFile("E_FILE", "larger than 5 MB"),
      "100 000 lines": passes(),
      "half a surrogate pair": fails("E_FILE_ENCODING", "file", "UTF-8"),
      "a bidirectional character": inFile("E_HIDDEN_CHARACTER", "case.awsreq:3:"),
      "a header without a colon": inFile("E_HEADER_COLON", "case.awsreq:4:"),
      "a header twice": passes(),
      "a folded header": inFile("E_LINE_INDENTED", "case.awsreq:5:"),
      "a header that is not ASCII": passes(),
      "CR and LF from a variable": inFile("E_CONTROL_CHARACTER", "case.awsreq:4:"),
      "a body with ### in it": passes(),
      "blanks at the ends of lines": passes(),
      "the file itself as its body": passes(),
      "two Host headers": inFile("E_HEADER_TWICE", "Host stands here a second time"),
    },
  ),
  row(
    107,
    "The terminal, the pipe or the disk is odd",
    "The exit codes are those of the [README](../README.md). A reader that goes away is no error; a disk that is full is. Questions that nobody can answer are a no (3). Nothing that a server says is obeyed by a terminal or by GitHub Actions.",
    "What the message says; `--output FILE` keeps the exact bytes.",
    {
      "80 columns": passes(),
      "--output exists": passes(),
      "--output cannot be written": fails("E_OUTPUT", "usage", "cannot be written"),
      "a question in CI": fails("E_NOT_APPROVED", "guard", "--approve"),
      "workflow commands in a body": answers("::stop-commands::"),
      "control characters in a body": passes("\\x07"),
    },
  ),
];
