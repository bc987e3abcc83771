/** How something looks after a call, `NAME: LOOKS`, and not something that happened in it. */
const isLook = (part: string) => /^\S+: /.test(part);

/** Of an outcome, what the call returned and what happened, and of how things look only what was not so before. */
export const changedParts = (
  outcome: readonly string[],
  before: readonly string[],
): readonly string[] => outcome.filter((part) => !isLook(part) || !before.includes(part));
