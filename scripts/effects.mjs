import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { root } from "./install.mjs";

/**
 * What may act on the world, and where. A module stands for all it exports; with `names`, for these alone. Types act on
 * nothing and are free everywhere.
 * @type {readonly { readonly modules: readonly string[], readonly names?: readonly string[], readonly files: readonly string[], readonly why: string }[]}
 */
export const effects = [
  {
    modules: ["node:child_process", "node:worker_threads", "node:cluster", "node:vm"],
    files: [
      "src/identity/providers/capturedProcess.ts",
      // Compiles the program itself from its cache (node:vm); runs nothing else.
      "src/cli/program.ts",
      // A thread that runs this program itself, for long work.
      "src/cli/largeText.ts",
      "src/cli/workerThread.ts",
    ],
    why: "Programs run in one place: a credential process that was approved.",
  },
  {
    modules: ["node:fs", "node:fs/promises"],
    names: [
      "readFile",
      "readFileSync",
      "open",
      "openSync",
      "createReadStream",
      "openAsBlob",
      "cp",
      "copyFile",
      "promises",
      "*",
    ],
    files: [
      // The one reader.
      "src/guard/regularFile.ts",
      // The person's own approvals.
      "src/guard/approvalFile.ts",
      // The AWS files of the home, and files that they name.
      "src/machine.ts",
      // Replaces files that hold secrets: the credentials file, the private environment.
      "src/identity/files/privateFile.ts",
      // The person's own AWS config file, without loading what sends.
      "src/editor/trips/awsConfig.ts",
      // What the person named on the command line, whatever it is.
      "src/cli/namedFile.ts",
      // Writes what the person named by --output.
      "src/cli/outputFile.ts",
      // The program itself and its cache.
      "src/cli/program.ts",
      // Bodies, in a folder of the program's own.
      "src/transport/bodyStore.ts",
      // Keys of the local endpoint, in the runtime folder.
      "src/endpoint/localKeys.ts",
    ],
    why: "What a folder controls is read by the one reader that checks where a path leads.",
  },
  {
    modules: [
      "node:http",
      "node:https",
      "node:http2",
      "node:tls",
      "https-proxy-agent",
      "http-proxy-agent",
      "undici",
    ],
    files: [
      "src/net/openHttp.ts",
      "src/net/tls.ts",
      "src/net/agents.ts",
      // The local endpoint's server, on loopback.
      "src/endpoint/startEndpoint.ts",
    ],
    why: "Connections are made in one place, where certificates are always checked.",
  },
  {
    modules: ["node:net"],
    names: ["connect", "createConnection", "Socket", "createServer", "*"],
    files: [],
    why: "Connections are made in one place, where addresses are always checked.",
  },
];

/** Everything that is imported for more than its type: static, dynamic and by `require`. */
function importsOf(text) {
  const found = [];
  for (const [, clause, module] of text.matchAll(
    /^import\s+(?!type\b)([^;"']+?)\s+from\s+["']([^"']+)["']/gm,
  )) {
    const named = /\{([^}]*)\}/.exec(clause)?.[1] ?? "";
    const names = named
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "" && !name.startsWith("type "));
    const whole =
      clause
        .replace(/\{[^}]*\}/, "")
        .replace(",", "")
        .trim() === ""
        ? []
        : ["*"];
    for (const name of [...names.map((name) => name.split(/\s+as\s+/)[0]), ...whole])
      found.push({ module, name });
  }
  for (const [, module] of text.matchAll(/\b(?:import|require|getBuiltinModule)\(\s*["']([^"']+)["']/g)) {
    found.push({ module, name: "*" });
  }
  return found.map(({ module, name }) => ({
    module: /^(?:fs|fs\/promises|http|https|http2|tls|net|child_process)$/.test(module)
      ? `node:${module}`
      : module,
    name,
  }));
}

/** Sentences about imports that stand where they may not, and about permissions that nobody needs any more. */
export function effectFaults() {
  const imports = sourceFiles().flatMap((file) =>
    importsOf(readFileSync(join(root, file), "utf8")).map((imported) => ({ ...imported, file })),
  );
  return effects.flatMap((rule) => {
    const acting = imports.filter((imported) => concerns(rule, imported));
    const idle = rule.files.filter((allowed) => !acting.some(({ file }) => file === allowed));
    return [
      ...acting
        .filter(({ file }) => !rule.files.includes(file))
        .map(({ file, name, module }) => `${file} imports ${name} of ${module}. ${rule.why}`),
      ...idle.map((file) => `scripts/effects.mjs lets ${file} do what it does not do. ${rule.why}`),
    ];
  });
}

function concerns({ modules, names }, { module, name }) {
  return modules.includes(module) && (names === undefined || names.includes(name));
}

/** Paths of the sources, with "/". */
function sourceFiles() {
  return readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
}
