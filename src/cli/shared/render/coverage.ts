import { counted } from '../../../model/formatNumber.js';
import type { Checked } from '../checkResult.js';
import { table } from './table.js';
import { wrapped } from './wrap.js';

/** One line of coverage per network, then each scope once, written out. */
export function coverageLines(checks: readonly Pick<Checked, 'check' | 'scope'>[]): string[] {
  const rows = checks.map(({ scope, check: { compiled, exploration } }) => {
    const { network } = compiled;
    const { states, transitions, depth, complete, stopped } = exploration;
    return [
      network.name,
      complete ? 'all paths explored' : `stopped (${stopped})`,
      counted(states, 'state'),
      counted(transitions, 'transition'),
      `depth ${depth}`,
      network.scopeText === undefined ? '' : `scope ${scope?.name ?? 'below'}`,
    ];
  });
  const right = { align: 'right' } as const;
  const scopes = checks.flatMap(({ scope, check: { compiled } }) =>
    compiled.network.scopeText === undefined
      ? []
      : [wrapped(compiled.network.scopeText, scopeHead(scope?.name), '  ')],
  );
  return [table(rows, [{}, {}, right, right, right, {}]), ...new Set(scopes)];
}

const scopeHead = (name: string | undefined): string => (name === undefined ? '' : `${name}: `);
