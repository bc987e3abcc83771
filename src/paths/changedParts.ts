/** Whether a part describes a state after the call, `NAME: STATE`, and not an event during it. */
const isLook = (part: string) => /^\S+: /.test(part);

/** The parts of an outcome without the states that were the same before the call. */
export const changedParts = (
  outcome: readonly string[],
  before: readonly string[],
): readonly string[] => outcome.filter((part) => !isLook(part) || !before.includes(part));
