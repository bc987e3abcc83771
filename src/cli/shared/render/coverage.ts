import { counted } from '../../../model/formatNumber.js';
import type { Check } from '../../../search/check.js';
import { scopeName } from '../scopeName.js';
import { table } from './table.js';
import { wrapped } from './wrap.js';

/** One line of coverage per network, then each scope once, written out. */
export function coverageLines(checks: readonly Check[]): string[] {
  const rows = checks.map(({ compiled: { network }, exploration }) => {
    const { states, transitions, depth, complete, stopped } = exploration;
    return [
      network.name,
      complete ? 'every path walked' : `stopped (${stopped})`,
      counted(states, 'state'),
      counted(transitions, 'transition'),
      `depth ${depth}`,
      network.scopeText === undefined ? '' : `scope ${scopeName(network) ?? 'below'}`,
    ];
  });
  const right = { align: 'right' } as const;
  const scopes = checks.flatMap(({ compiled: { network } }) =>
    network.scopeText === undefined
      ? []
      : [wrapped(network.scopeText, scopeHead(scopeName(network)), '  ')],
  );
  return [table(rows, [{}, {}, right, right, right, {}]), ...new Set(scopes)];
}

const scopeHead = (name: string | undefined): string => (name === undefined ? '' : `${name}: `);
