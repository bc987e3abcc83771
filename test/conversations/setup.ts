import { opsOf, parseScope } from '../../machines/scopes.js';

/** The scope's key for an ops: `W:direct:willing` counts as willing, `T:tracer` as tracer. */
const keyOf = ({ kind, owner }: { kind: string; owner: string }) =>
  kind === 'direct' ? owner : kind;

function opsIn(setup: string): { name: string; key: string }[] {
  return setup
    .split(' ')
    .slice(1)
    .map((ops) => {
      const [name, kind, owner] = ops.split(':');
      return { name: name!, key: keyOf({ kind: kind!, owner: owner! }) };
    });
}

/** A scope with these ops in which filter edits, misuse, notrace and sysctl calls are enabled. */
export function scopeFor(setup: string): string {
  const keys = opsIn(setup).map(({ key }) => key);
  const counts = [...new Set(keys)].map((key) => `${key}=${keys.filter((k) => k === key).length}`);
  const records = /^records=(\d+)/.exec(setup)![1];
  return [`records=${records}`, ...counts, 'edits=1,misuse=1,notrace=1,sysctl=1'].join();
}

/** Maps the guest's name of an ops or a record to its name in the scope. */
export type Names = ReadonlyMap<string, string>;

/**
 * The names of a setup in its scope, which names ops by their kind. In a scope, notrace entries hide only the first
 * record. If the calls hide another one, it swaps its number with the first.
 */
export function namesIn(setup: string, calls: readonly string[]): Names {
  const inScope = opsOf(parseScope(scopeFor(setup)));
  const ops = opsIn(setup);
  const names = ops.map(({ name, key }, i): [string, string] => {
    const before = ops.slice(0, i).filter((o) => o.key === key).length;
    return [name, inScope.filter((o) => keyOf(o) === key)[before]!.name];
  });
  const hidden = new Set(calls.flatMap((call) => /^notrace \w+ (\d+)$/.exec(call)?.[1] ?? []));
  const [first] = hidden;
  const swapped: [string, string][] =
    hidden.size === 1
      ? [
          ['1', first!],
          [first!, '1'],
        ]
      : [];
  return new Map([...names, ...swapped]);
}

export const renamedCall = (call: string, names: Names): string =>
  call.startsWith('ftrace_enabled')
    ? call
    : call
        .split(' ')
        .map((word) => names.get(word) ?? word)
        .join(' ');

const isRecord = (part: string) => /^\d+: /.test(part);

/** An outcome in the scope's names, with the records and the list of what ran in alphabetical order. */
export function comparable(answer: string, names: Names): string {
  if (answer === 'lost: oops') return 'OOPS';
  const parts = answer.split('; ').map((part) => renamedPart(part, names));
  return [...parts.filter((p) => !isRecord(p)), ...parts.filter(isRecord).sort()].join('; ');
}

/** Renames `W PEER 0` or `1: (2) RID W.a ran X,W.a`; sorts the `ran` list, which the guest gives in setup order. */
function renamedPart(part: string, names: Names): string {
  const renamed = (word: string) => word.replace(/^\w+/, (name) => names.get(name) ?? name);
  if (!isRecord(part)) return /^\w+ (SELF|PEER|DISABLE) /.test(part) ? renamed(part) : part;
  const [number, count, flags, callee, , ran] = part.split(' ');
  const list = ran!.split(',').map(renamed).sort().join();
  return `${renamed(number!)} ${count} ${flags} ${renamed(callee!)} ran ${list}`;
}
