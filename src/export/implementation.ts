/** What stands for a guard or an action in a machine's file. */
export interface Implementation {
  /** As it is written, for people. */
  readonly source: string;
  /** The same as code that stands on its own, if nothing in it is computed. */
  readonly code?: string;
}

/** Told from what XState's setup() was given: a guard's function, or what assign() or emit() made. */
export function implementationOf(given: unknown): Implementation {
  const { assignment, event } = given as {
    readonly assignment?: unknown;
    readonly event?: unknown;
  };
  if (assignment !== undefined) return call('assign', assignment);
  if (event !== undefined) return call('emit', event);
  const isMade = typeof (given as { readonly resolve?: unknown }).resolve === 'function';
  return { source: isMade ? 'says words, computed from context and event' : written(given) };
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

/** The source of a function begins where it stands in its file, and so do its further lines. */
function outdented(source: string): string {
  const [first = '', ...rest] = source.split('\n');
  const indent = Math.min(...rest.map((line) => line.search(/\S/)).filter((n) => n >= 0));
  return [first, ...rest.map((line) => line.slice(indent))].join('\n');
}
