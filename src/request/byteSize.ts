/** A limit as a person says it: `5 MB`, `300 KB`, `12 bytes`; binary units, whole numbers where they come out even. */
export function byteSize(bytes: number): string {
  if (bytes >= mega && bytes % mega === 0) return `${bytes / mega} MB`;
  if (bytes >= kilo && bytes % kilo === 0) return `${bytes / kilo} KB`;
  return bytes === 1 ? "1 byte" : `${bytes} bytes`;
}

const kilo = 1024;
const mega = 1024 * 1024;
