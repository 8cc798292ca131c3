/** Something to time; one call is one round. */
export interface Contender {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** Median microseconds of one round. */
export interface Measured {
  readonly name: string;
  readonly microseconds: number;
}

/**
 * Times the contenders in turn (A B C A B C …), so that a machine that drifts slows all of them alike.
 * @param rounds calls per sample
 */
export async function measure(
  contenders: readonly Contender[],
  samples: number,
  rounds: number,
): Promise<readonly Measured[]> {
  const times = contenders.map((): number[] => []);
  for (let sample = -1; sample < samples; sample++) {
    for (const [index, contender] of contenders.entries()) {
      const microseconds = await timeOf(contender, rounds);
      if (sample >= 0) times[index]?.push(microseconds);
    }
  }
  return contenders.map(({ name }, index) => ({ name, microseconds: median(times[index] ?? []) }));
}

async function timeOf({ run }: Contender, rounds: number): Promise<number> {
  const start = process.hrtime.bigint();
  for (let round = 0; round < rounds; round++) await run();
  return Number(process.hrtime.bigint() - start) / 1000 / rounds;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** What is claimed: `subject` takes at most `limit` times as long as `against`, measured in the same run. */
export interface Claim {
  readonly subject: string;
  readonly against: string;
  readonly limit: number;
}

/** Prints the medians and what became of the claims; false when one does not hold. */
export function report(title: string, measured: readonly Measured[], claims: readonly Claim[]): boolean {
  console.log(`\n${title}`);
  for (const { name, microseconds } of measured) {
    console.log(`  ${name.padEnd(44)} ${microseconds.toFixed(1).padStart(10)} µs`);
  }
  const medianOf = (name: string) => measured.find((one) => one.name === name)?.microseconds ?? Number.NaN;
  const results = claims.map(({ subject, against, limit }) => {
    const ratio = medianOf(subject) / medianOf(against);
    const holds = ratio <= limit;
    console.log(
      `  ${holds ? "holds" : "FAILS"}  ${subject} = ${ratio.toFixed(2)} × ${against} (at most ${limit})`,
    );
    return holds;
  });
  return results.every(Boolean);
}
