import { closest, distance } from 'fastest-levenshtein';

/** The known name closest to `name`; undefined if its Levenshtein distance exceeds half its length. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const near = closest(name, known);
  return distance(name, near) <= near.length / 2 ? near : undefined;
}

/** The end of an error message about an unknown name: the name probably meant, and all known names. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const all = known.length === 0 ? 'there are no names' : `the names are ${known.join(', ')}`;
  return near === undefined ? all : `did you mean ${near}? ${all}`;
}
