/** Package names that `apt-cache depends` lists as real dependencies, in order. */
export function dependencies(output: string): string[] {
  return [...output.matchAll(/^[ |]*(?:Pre)?Depends: ([^<\s]\S*)$/gm)].map((match) => match[1]!);
}

/** The version in the first stanza of `apt-cache show`; undefined if it has none. */
export function versionShown(output: string): string | undefined {
  return /^Version: (\S+)$/m.exec(output)?.[1];
}
