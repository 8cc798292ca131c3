/**
 * The environment of a run in VS Code, beyond what this process has: a home of its own; nothing of the person's AWS and
 * proxy set-up reaches it.
 */
export function environmentOf(home) {
  const names = Object.keys(process.env).filter((name) => /^AWS_|_proxy$/i.test(name));
  return {
    ...Object.fromEntries(names.map((name) => [name, undefined])),
    HOME: home,
    USERPROFILE: home,
    XDG_RUNTIME_DIR: home,
    // Nobody asks the real STS about the keys of a test.
    AWS_ENDPOINT_URL_STS: "http://127.0.0.1:9",
  };
}
