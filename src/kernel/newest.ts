/**
 * The newest of the packages whose name fits `pattern`, with its version, which `*` stands for; undefined if none fits.
 * `linux-binary-7.3.*-cloud-amd64` fits `linux-binary-7.3.4+deb13-cloud-amd64`, and the version is `4+deb13`.
 */
export function newestOf(
  names: readonly string[],
  pattern: string,
): { name: string; version: string } | undefined {
  const [head, tail] = pattern.split('*') as [string, string];
  return names
    .filter((name) => name.startsWith(head) && name.endsWith(tail))
    .map((name) => ({ name, version: name.slice(head.length, name.length - tail.length) }))
    .filter(({ version }) => /^\d[^-]*$/.test(version))
    .sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }))
    .at(-1);
}
