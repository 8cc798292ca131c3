import { timeText } from "./format.ts";
import type { TimingView } from "./view.ts";

type Phase = Exclude<keyof TimingView["timings"], "total">;

const groups: readonly (readonly [title: string, phases: readonly (readonly [Phase, string])[]])[] = [
  [
    "Prepare",
    [
      ["credentials", "Credentials"],
      ["sign", "Sign"],
    ],
  ],
  [
    "Connect",
    [
      ["proxy", "Proxy"],
      ["dns", "DNS"],
      ["connect", "TCP"],
      ["tls", "TLS"],
    ],
  ],
  [
    "Exchange",
    [
      ["firstByte", "Wait"],
      ["download", "Download"],
    ],
  ],
];

/** Where the time went, phase by phase. */
export function TimingTab({ timing }: { readonly timing: TimingView }) {
  const { timings, notes, connection } = timing;
  const sum = (phases: readonly Phase[]) => phases.reduce((all, phase) => all + (timings[phase] ?? 0), 0);
  const facts: readonly (readonly [string, number])[] = [
    ["total", timings.total],
    ["waiting for the first byte", sum(["firstByte"])],
    ["new connection", sum(["proxy", "dns", "connect", "tls"])],
    ["credentials and signing", sum(["credentials", "sign"])],
  ];
  const starts = startsOf(timings);
  return (
    <div class="timing">
      <dl class="sums">
        {facts.map(([name, time]) => (
          <div key={name}>
            <dd>{timeText(time)}</dd>
            <dt>{name}</dt>
          </div>
        ))}
      </dl>
      {groups.map(([title, phases]) => {
        const present = phases.filter(([phase]) => timings[phase] !== null);
        return present.length === 0 ? null : (
          <section key={title} class="phases">
            <h2>{title}</h2>
            {present.map(([phase, name]) => (
              <Bar
                key={phase}
                name={name}
                phase={phase}
                start={(starts.get(phase) ?? 0) / timings.total}
                share={(timings[phase] ?? 0) / timings.total}
                time={timings[phase] ?? 0}
                note={notes[phase] ?? null}
              />
            ))}
          </section>
        );
      })}
      <section class="phases">
        <h2>Connection</h2>
        <dl class="facts">
          {connection.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

/** Phases follow one another; what is asked of the person in between counts in the total alone. */
function startsOf(timings: TimingView["timings"]): ReadonlyMap<Phase, number> {
  const starts = new Map<Phase, number>();
  let at = 0;
  for (const [, phases] of groups) {
    for (const [phase] of phases) {
      starts.set(phase, at);
      at += timings[phase] ?? 0;
    }
  }
  return starts;
}

/** One phase: an SVG bar, since the page's policy allows no style attributes. */
function Bar({
  name,
  phase,
  start,
  share,
  time,
  note,
}: {
  readonly name: string;
  readonly phase: Phase;
  readonly start: number;
  readonly share: number;
  readonly time: number;
  readonly note: string | null;
}) {
  const x = Math.min(99, start * 100);
  return (
    <div class="phase">
      <span class="phaseName">{name}</span>
      <span class="track">
        <svg width="100%" height="13" aria-hidden="true">
          <rect
            class={`bar ${phase}`}
            x={`${x}%`}
            y="0"
            rx="2"
            height="13"
            width={`${Math.max(0.6, Math.min(share * 100, 100 - x))}%`}
          />
        </svg>
        {note !== null && <span class="phaseNote">{note}</span>}
      </span>
      <span class="phaseTime">{timeText(time)}</span>
    </div>
  );
}
