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
    files: ["src/identity/providers/capturedProcess.ts", "src/guard/gitIgnored.ts", "src/cli/launch.ts"],
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
      "src/guard/readInclude.ts",
      "src/guard/approvalFile.ts",
      "src/machine.ts",
      "src/identity/files/privateFile.ts",
      "src/editor/trips/folderFiles.ts",
      // The person's own AWS config file, without loading what sends.
      "src/editor/trips/awsConfig.ts",
      "src/editor/keys/keyMoves.ts",
      "src/cli/requestSource.ts",
      "src/cli/outputFile.ts",
      "src/cli/launch.ts",
      "src/cli/openFile.ts",
      "src/cli/endpointCommand.ts",
      "src/transport/bodyStore.ts",
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
      "src/identity/providers/awsProviders.ts",
      "src/identity/providers/metadataRequest.ts",
      "src/identity/providers/stsCall.ts",
      "src/transport/carrier.ts",
      "src/transport/proxyConnect.ts",
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
