import { hostSuffixes, regionBeforeService } from "./hostTable.ts";

/** An AWS host name taken apart. */
export interface HostParts {
  /** Lower case, without the trailing dot. */
  readonly host: string;
  /** The AWS suffix: `amazonaws.com`, `api.aws`, … */
  readonly suffix: string;
  readonly partition: "aws" | "aws-us-gov" | "other";
  /** The region that the host names, or null. */
  readonly region: string | null;
  /** True when it says `global` (or `us-gov`) in the region's place. */
  readonly isGlobal: boolean;
  /** What a host without a region is signed for. */
  readonly globalRegion: string;
  /** The labels before the region and suffix, `-fips`, `fips` and `dualstack` marks removed; the service's comes last. */
  readonly labels: readonly string[];
}

const regionPattern =
  /^[a-z]{2,4}-(?:[a-z]{2,4}-)?(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d{1,2}$/;

/** Old hosts join service and region by a dash: `s3-eu-west-1.amazonaws.com`. */
const dashedS3 = /^(s3(?:-fips|-website)?)-([a-z]+-[a-z-]+-\d{1,2})$/;

/** Takes a host name (no port) apart; null when it has no AWS suffix or nothing before it. */
export function hostParts(hostName: string): HostParts | null {
  const host = hostName.toLowerCase().replace(/\.$/, "");
  const found = hostSuffixes.find(({ suffix }) => host.endsWith(`.${suffix}`));
  if (found === undefined) return null;
  const before = host.slice(0, -found.suffix.length - 1).split(".");
  if (before.includes("")) return null;
  const place = regionPlace(before);
  const isGov = place.isGov || place.region?.startsWith("us-gov-") === true;
  return {
    host,
    suffix: found.suffix,
    partition: partitionOf(found.globalRegion, isGov),
    region: place.region,
    isGlobal: place.isGlobal,
    globalRegion: isGov ? "us-gov-west-1" : found.globalRegion,
    labels: withoutMarks(place.labels),
  };
}

/** The keys under which labels may stand in the host table, the most particular first: `a.b`, `*.b`, `b`. */
export function labelKeys(labels: readonly string[]): readonly string[] {
  const last = labels.at(-1);
  if (last === undefined) return [];
  const one = labels.length > 1 ? [`*.${last}`, last] : [last];
  const pairs = [3, 2].filter((n) => labels.length >= n).map((n) => labels.slice(-n).join("."));
  return [...pairs, ...one];
}

interface RegionPlace {
  readonly region: string | null;
  readonly isGlobal: boolean;
  readonly isGov: boolean;
  readonly labels: readonly string[];
}

function regionPlace(labels: readonly string[]): RegionPlace {
  const last = labels.at(-1) ?? "";
  const rest = labels.slice(0, -1);
  if (regionPattern.test(last)) return { region: last, isGlobal: false, isGov: false, labels: rest };
  if (last === "global") return { region: null, isGlobal: true, isGov: false, labels: rest };
  if (last === "us-gov") return { ...regionPlace(rest), isGlobal: true, isGov: true };
  if (last === "vpce") return regionPlace(rest);
  const dashed = dashedS3.exec(last);
  if (dashed !== null) {
    const [, service = "s3", region = ""] = dashed;
    if (regionPattern.test(region))
      return { region, isGlobal: false, isGov: false, labels: [...rest, service] };
  }
  const previous = rest.at(-1) ?? "";
  if (regionBeforeService.has(last) && regionPattern.test(previous)) {
    return { region: previous, isGlobal: false, isGov: false, labels: [...rest.slice(0, -1), last] };
  }
  // AWS Health writes it before its own label: `global.health.amazonaws.com`.
  if (labels.length === 2 && labels[0] === "global")
    return { region: null, isGlobal: true, isGov: false, labels: [last] };
  return { region: null, isGlobal: false, isGov: false, labels };
}

function partitionOf(globalRegion: string, isGov: boolean): HostParts["partition"] {
  if (isGov) return "aws-us-gov";
  return globalRegion === "us-east-1" ? "aws" : "other";
}

/** Only the last three labels can be the service's; before them stand names of the person's own choosing. */
function withoutMarks(labels: readonly string[]): readonly string[] {
  const marked = withoutMarkLabel(labels);
  return marked.map((label, index) => (index < marked.length - 3 ? label : label.replace(/-fips$/, "")));
}

function withoutMarkLabel(labels: readonly string[]): readonly string[] {
  if (labels.length > 1 && labels.at(-1) === "dualstack") return labels.slice(0, -1);
  return labels.length === 2 && labels[0] === "fips" ? labels.slice(1) : labels;
}
