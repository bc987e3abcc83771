/** A number as people write it, whatever the machine's language. */
export const number = (n: number): string => n.toLocaleString('en-US');

/** `1 path`, `2 paths`. */
export const counted = (n: number, noun: string): string =>
  `${number(n)} ${noun}${n === 1 ? '' : 's'}`;
