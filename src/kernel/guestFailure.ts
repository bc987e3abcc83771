/** The ways in which a guest can be lost. */
export type GuestFailure = 'oops' | 'panic' | 'hang';

const SIGNS: [GuestFailure, RegExp][] = [
  ['panic', /Kernel panic - not syncing/],
  ['hang', /soft lockup|blocked for more than \d+ seconds|stuck for \d+s/],
  ['oops', /\bBUG: |\bOops\b|kernel BUG at|general protection fault|double fault|stack segment/],
];

/** The failure that a console line reports; undefined for a warning or any other line. */
export function failureIn(line: string): GuestFailure | undefined {
  return SIGNS.find(([, sign]) => sign.test(line))?.[0];
}

/** The most severe of several signs, in the order panic, hang, oops: a panic usually begins as an oops. */
export function mostSevere(found: GuestFailure[]): GuestFailure | undefined {
  return SIGNS.map(([failure]) => failure).find((failure) => found.includes(failure));
}
