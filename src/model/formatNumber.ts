/** A number with thousands separators (`12,345`), in any locale. */
export const number = (n: number): string => n.toLocaleString('en-US');

/** `1 path`, `2 paths`, `2 classes`, `2 fixes`. */
export const counted = (n: number, noun: string): string =>
  `${number(n)} ${noun}${n === 1 ? '' : /[sx]$/.test(noun) ? 'es' : 's'}`;
