/** The implementation of a guard or an action in a machine's file. */
export interface Implementation {
  /** Its source text, for people. */
  readonly source: string;
  /** The same as self-contained code, if no part of it is computed. */
  readonly code?: string;
}

/** Derives it from an argument of XState's setup(): a guard's function, or the result of assign() or emit(). */
export function implementationOf(given: unknown): Implementation {
  const { assignment, event } = given as {
    readonly assignment?: unknown;
    readonly event?: unknown;
  };
  if (assignment !== undefined) return call('assign', assignment);
  if (event !== undefined) return call('emit', event);
  const isMade = typeof (given as { readonly resolve?: unknown }).resolve === 'function';
  return { source: isMade ? 'emits messages computed from context and event' : written(given) };
}

function call(maker: string, argument: unknown): Implementation {
  const source = `${maker}(${written(argument)})`;
  const isConstant =
    typeof argument === 'object' &&
    Object.values(argument ?? {}).every((value) => typeof value !== 'function');
  return isConstant ? { source, code: source } : { source };
}

function written(part: unknown): string {
  if (typeof part === 'function') return outdented(String(part));
  if (typeof part !== 'object' || part === null) return JSON.stringify(part);
  const fields = Object.entries(part).map(([key, value]) => `${key}: ${written(value)}`);
  return Array.isArray(part) ? JSON.stringify(part) : `{ ${fields.join(', ')} }`;
}

/** Removes the indentation that the function's further lines have in its file. */
function outdented(source: string): string {
  const [first = '', ...rest] = source.split('\n');
  const indent = Math.min(...rest.map((line) => line.search(/\S/)).filter((n) => n >= 0));
  return [first, ...rest.map((line) => line.slice(indent))].join('\n');
}
