import { scopes } from '../../machines/scopes.js';
import type { Network } from '../model/network.js';

/** The name of the scope that a network was made in, if it has one. */
export function scopeName({ scope }: Network): string | undefined {
  if (scope === undefined) return undefined;
  const same = (other: object) =>
    Object.entries(other).every(([key, value]) => scope[key] === value);
  return Object.entries(scopes).find(([, known]) => same(known))?.[0];
}
