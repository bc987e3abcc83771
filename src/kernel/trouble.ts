/** The ways in which a guest can be lost. */
export type Trouble = 'oops' | 'panic' | 'hang';

const SIGNS: [Trouble, RegExp][] = [
  ['panic', /Kernel panic - not syncing/],
  ['hang', /soft lockup|blocked for more than \d+ seconds|stuck for \d+s/],
  ['oops', /\bBUG: |\bOops\b|kernel BUG at|general protection fault|double fault|stack segment/],
];

/** The trouble that a console line reports; undefined for a warning or any other line. */
export function troubleIn(line: string): Trouble | undefined {
  return SIGNS.find(([, sign]) => sign.test(line))?.[0];
}

/** The gravest of several signs, in the order panic, hang, oops: a panic usually begins as an oops. */
export function gravest(found: Trouble[]): Trouble | undefined {
  return SIGNS.map(([trouble]) => trouble).find((trouble) => found.includes(trouble));
}
