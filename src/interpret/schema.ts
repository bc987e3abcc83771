import * as z from 'zod/mini';
import { controlIn } from '../model/controlCharacters.js';
import { UserError } from '../model/userError.js';
import { didYouMean } from './didYouMean.js';

/** A schema for each property. The compiler reports a missing one. */
export type Shape<T> = { readonly [K in keyof T]-?: z.ZodMiniType };

export const text = z.string('must be a string').check(
  z.refine((value) => value.trim() !== '', 'must not be empty'),
  z.refine((value) => value === value.trim(), 'must not begin or end with white space'),
  z.refine((value) => controlIn(value) === undefined, {
    error: ({ input }) =>
      `holds the control character ${controlIn(input as string)}, which could change the display of a terminal or a file; remove it`,
  }),
);
export const method = z.custom((value) => typeof value === 'function', 'must be a function');
export const list = z.custom(Array.isArray, 'must be an array');
export const filled = z.custom(
  (value) => Array.isArray(value) && value.length > 0,
  'must be an array of at least one',
);
export const record = z.custom(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'must be an object',
);

/** Identifies a thing for the user: its quoted name, or else its 1-based position. */
export function nameOf(thing: unknown, key: string, place: number): string {
  const name = (thing as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  return typeof name === 'string' && name.trim() !== '' ? `"${name}"` : `number ${place + 1}`;
}

/** The error for two things with one name. */
export const twice = (what: string, where: string) => (name: string) =>
  new UserError(
    'RW212',
    `${where} has two ${what} "${name}"; stories and reports distinguish them by it, so give each its own`,
  );

/** Throws the error for the first name that occurs twice. */
export function unique(names: readonly string[], fault: (name: string) => UserError): void {
  const known = new Set<string>();
  for (const name of names) {
    if (known.has(name)) throw fault(name);
    known.add(name);
  }
}

/** A schema of an object. */
type Schema = z.ZodMiniObject;

/** Throws RW210 if a value does not conform to the schema. */
export function conforms(schema: Schema, value: unknown, where: string): void {
  const result = z.safeParse(schema, value);
  if (result.success) return;
  const { issues } = result.error;
  const keys = Object.keys(schema.def.shape);
  for (const issue of issues)
    if (issue.code === 'unrecognized_keys')
      throw new UserError(
        'RW210',
        `${where} has an unknown property "${issue.keys[0]}"; ${didYouMean(issue.keys[0]!, keys)}`,
      );
  const [{ path, message: what }] = issues as [(typeof issues)[number]];
  if (path.length === 0)
    throw new UserError(
      'RW210',
      `${where} is ${describeValue(value)}; give an object with ${keys.join(', ')}`,
    );
  const [key, ...deeper] = path;
  const at = deeper.reduce<unknown>(
    (inner, next) => (inner as Readonly<Record<PropertyKey, unknown>>)[next],
    (value as Readonly<Record<PropertyKey, unknown>>)[key!],
  );
  const name = [key, ...deeper.map((next) => `[${String(next)}]`)].join('');
  throw new UserError(
    'RW210',
    `${where}: ${name} ${what}${typeof at === 'string' ? '' : `; it is ${describeValue(at)}`}`,
  );
}

/** A short description of a value for error messages. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'function' ? 'a function' : `the ${typeof value} ${String(value)}`;
}
