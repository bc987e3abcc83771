import type { Check } from '../engine/check.js';
import { counted } from '../model/numbers.js';
import { bareTable } from './bareTable.js';
import { scopeName } from './scopeName.js';
import { wrapped } from './wrapped.js';

/** How much of each network was walked, a line each; under it each scope once, written out. */
export function coverageLines(checks: readonly Check[]): string[] {
  const rows = checks.map(({ tables: { network }, exploration }) => {
    const { states, transitions, depth, complete, stopped } = exploration;
    return [
      network.name,
      complete ? 'every path walked' : `stopped (${stopped})`,
      counted(states, 'state'),
      counted(transitions, 'transition'),
      `depth ${depth}`,
      network.within === undefined ? '' : `scope ${scopeName(network) ?? 'below'}`,
    ];
  });
  const right = { align: 'right' } as const;
  const scopes = checks.flatMap(({ tables: { network } }) =>
    network.within === undefined
      ? []
      : [wrapped(network.within, scopeHead(scopeName(network)), '  ')],
  );
  return [bareTable(rows, [{}, {}, right, right, right, {}]), ...new Set(scopes)];
}

const scopeHead = (name: string | undefined): string => (name === undefined ? '' : `${name}: `);
