import { readdirSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";

/** A title of a test or a group of tests begins with its number, or several: `fault 46:`, `fault 25, 26:`. */
const titles = /\b(?:it|describe)\(\s*["'`]fault ([\d, ]+):|["'`]fault ([\d, ]+):|faultCases\(\s*(\d+),/g;

/**
 * The files that test each fault, by its number, in order; paths from the root of the repository.
 * @param root of the repository
 */
export function faultTests(root: string): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, Set<string>>();
  for (const file of testFiles(root)) {
    for (const match of readFileSync(resolve(root, file), "utf8").matchAll(titles)) {
      const numbers = (match[1] ?? match[2] ?? match[3] ?? "").split(",").map(Number);
      for (const number of numbers) {
        const files = found.get(number) ?? new Set();
        found.set(number, files.add(file));
      }
    }
  }
  return new Map([...found].map(([number, files]) => [number, [...files].sort()]));
}

/** The numbers of the faults whose cases the matrix runs, in order. */
export function matrixRows(root: string): readonly number[] {
  const texts = testFiles(root).map((file) => readFileSync(resolve(root, file), "utf8"));
  const numbers = texts.flatMap((text) =>
    [...text.matchAll(/faultCases\(\s*(\d+),/g)].map(([, one]) => Number(one)),
  );
  return numbers.sort((one, other) => one - other);
}

function testFiles(root: string): readonly string[] {
  return readdirSync(resolve(root, "test"), { recursive: true, withFileTypes: true })
    .filter(
      ({ parentPath, name }) => /\.test\.ts$|\.walk\.ts$/.test(name) && !parentPath.includes("node_modules"),
    )
    .map(({ parentPath, name }) => relative(root, resolve(parentPath, name)).replaceAll("\\", "/"))
    .sort();
}
