const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EISDIR: "it is a folder",
  EACCES: "you may not go there",
  EPERM: "you may not go there",
  ENOTDIR: "a part of its path is not a folder",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "there is no room left for you on the disk",
  EFBIG: "it would be larger than files may be",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "its name is too long",
  ENOTSOCK: "it is a socket",
  ENXIO: "nobody reads from it",
  EPIPE: "nobody reads from it any more",
  EROFILE: "it is read-only",
  EROFOLDER: "its folder is read-only",
};

/** Why a file could not be read or written, in words; the system's own code where there are none. */
export function fileFaultText(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return reasons[code] ?? (code || "it failed");
}
