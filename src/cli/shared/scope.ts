import type { Domain } from '../../domain.js';
import { UserError } from '../../model/userError.js';

/** A scope of a domain, as a value and as text. */
export interface TypedScope {
  readonly value: unknown;
  /** The text as typed. */
  readonly typed: string;
  /** Its name; unset for a scope that the domain does not name. */
  readonly name?: string;
  /** The scope as --scope takes it. */
  readonly text: string;
}

/** The scope of a text; the default scope if there is no text. Throws RW010 if the domain does not know the scope. */
export function scopeNamed(domain: Domain, text: string | undefined): TypedScope | undefined {
  const { scopes = {}, parseScope } = domain;
  const names = Object.keys(scopes);
  if (names.length === 0 && parseScope === undefined) return undefined;
  const typed = text ?? (names.includes('default') ? 'default' : names[0]);
  if (typed !== undefined && names.includes(typed)) return spelled(domain, scopes[typed], typed);
  if (typed === undefined || parseScope === undefined)
    throw new UserError(
      'RW010',
      `scope "${typed ?? ''}": ${domain.name} has no such scope; type ${names.join(', ')}`,
    );
  return spelled(domain, parseScope.call(domain, typed), typed);
}

function spelled(domain: Domain, value: unknown, typed: string): TypedScope {
  const textOf = (scope: unknown, name: string) => domain.scopeText?.(scope) ?? name;
  const text = textOf(value, typed);
  const name = Object.entries(domain.scopes ?? {}).find(
    ([name, scope]) => textOf(scope, name) === text,
  )?.[0];
  return { value, typed, text, ...(name === undefined ? {} : { name }) };
}
