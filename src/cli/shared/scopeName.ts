import { clientScopes, clientScopeText } from '../../../machines/clients/scopes.js';
import { scopes, scopeText } from '../../../machines/scopes.js';
import type { Network } from '../../model/network.js';

type Numbers = Readonly<Record<string, unknown>>;

/** The named scopes and the text form of a scope: those of calls, and those of clients. */
const sorts = [
  { named: scopes, typed: scopeText },
  { named: clientScopes, typed: clientScopeText },
] as const;

const sortOf = (scope: Numbers) =>
  sorts.find(({ named }) => Object.keys(Object.values(named)[0]!).every((key) => key in scope));

/** The name of a network's scope, if it has one. */
export function scopeName({ scope }: Network): string | undefined {
  if (scope === undefined) return undefined;
  const same = (other: object) =>
    Object.entries(other).every(([key, value]) => scope[key] === value);
  return Object.entries(sortOf(scope)?.named ?? {}).find(([, known]) => same(known))?.[0];
}

/** A network's scope in the form that --scope takes, if it has such a form. */
export function scopeTyped({ scope }: Network): string | undefined {
  const typed = scope && (sortOf(scope)?.typed as ((numbers: Numbers) => string) | undefined);
  return typed?.(scope!);
}
