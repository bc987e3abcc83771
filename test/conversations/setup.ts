import { opsOf, parseScope } from '../../machines/scopes.js';

/** The scope's key for an ops: `W:direct:willing` is counted as willing, `T:tracer` as tracer. */
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

/** A scope with these ops, in which all that a careless caller does is offered. */
export function scopeFor(setup: string): string {
  const keys = opsIn(setup).map(({ key }) => key);
  const counts = [...new Set(keys)].map((key) => `${key}=${keys.filter((k) => k === key).length}`);
  const records = /^records=(\d+)/.exec(setup)![1];
  return [`records=${records}`, ...counts, 'edits=1,misuse=1,notrace=1,sysctl=1'].join();
}

/** From what the guest calls an ops, or a record, to what that scope calls it. */
export type Names = ReadonlyMap<string, string>;

/**
 * Ops are named by their kind. Notrace entries hide only the first record of a scope: if another
 * one is hidden, it changes places with the first.
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

/** An outcome in the scope's names; the records, and what ran, in the order of the alphabet. */
export function comparable(answer: string, names: Names): string {
  if (answer === 'lost: oops') return 'OOPS';
  const parts = answer.split('; ').map((part) => renamedPart(part, names));
  return [...parts.filter((p) => !isRecord(p)), ...parts.filter(isRecord).sort()].join('; ');
}

/** `W PEER 0`, or `1: (2) RID W.a ran X,W.a`, where the guest lists what ran in order of setup. */
function renamedPart(part: string, names: Names): string {
  const renamed = (word: string) => word.replace(/^\w+/, (name) => names.get(name) ?? name);
  if (!isRecord(part)) return /^\w+ (SELF|PEER|DISABLE) /.test(part) ? renamed(part) : part;
  const [number, count, flags, callee, , ran] = part.split(' ');
  const list = ran!.split(',').map(renamed).sort().join();
  return `${renamed(number!)} ${count} ${flags} ${renamed(callee!)} ran ${list}`;
}
