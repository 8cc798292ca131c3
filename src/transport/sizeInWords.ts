const units: readonly (readonly [size: number, name: string])[] = [
  [1024 * 1024 * 1024, "GB"],
  [1024 * 1024, "MB"],
  [1024, "KB"],
];

/** A size as a person reads it: "300 KB", "1.5 MB", "12 bytes". */
export function sizeInWords(bytes: number): string {
  const unit = units.find(([size]) => bytes >= size);
  return unit === undefined ? `${bytes} bytes` : `${Number((bytes / unit[0]).toFixed(1))} ${unit[1]}`;
}
