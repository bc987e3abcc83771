import { UserError } from '../../model/userError.js';
import { designs } from './registry.js';
import { designsOf } from './target.js';

/** A target, and the rules to check on it; undefined selects all rules. */
export interface Selection {
  readonly target: string;
  readonly rules: readonly string[] | undefined;
}

/** The options that select rules and cells. */
export interface SelectionFlags {
  readonly rule?: readonly string[];
  /** Cells of the matrix, RULE@DESIGN or RULE; true selects all cells. */
  readonly explain?: true | readonly string[];
}

/**
 * The targets to check, each with its rules. If cells are selected, nothing else is checked. Throws RW022 if a cell is
 * invalid.
 */
export async function selectTargets(
  targets: readonly string[],
  { rule, explain }: SelectionFlags,
): Promise<readonly Selection[]> {
  const known = (await designs()).map(({ name }) => name);
  const all = targets.length > 0 ? (await Promise.all(targets.map(designsOf))).flat() : known;
  if (explain === undefined || explain === true)
    return all.map((target) => ({ target, rules: rule }));
  if (rule !== undefined)
    throw new UserError('RW022', `--explain ${explain[0]} already selects the rule; omit --rule`);
  const rulesOf = new Map<string, string[]>();
  for (const { id, target } of explain.map((cell) =>
    cellOf(cell, targets.length > 0 ? all : [], known),
  ))
    for (const one of target === undefined ? all : [target]) {
      const ids = rulesOf.get(one) ?? [];
      if (!ids.includes(id)) ids.push(id);
      rulesOf.set(one, ids);
    }
  return [...rulesOf].map(([target, rules]) => ({ target, rules }));
}

function cellOf(cell: string, targets: readonly string[], known: readonly string[]) {
  const [, id, target] = /^([^@]+)(?:@(.+))?$/.exec(cell) ?? [];
  if (id === undefined)
    throw new UserError(
      'RW022',
      `--explain "${cell}" is not a cell; type RULE@DESIGN, or RULE for every design`,
    );
  if (target === undefined && (known.includes(id) || targets.includes(id)))
    throw new UserError(
      'RW022',
      `--explain "${id}" is a design, not a rule; type RULE@${id}, or put the targets before --explain`,
    );
  if (target !== undefined && targets.length > 0 && !targets.includes(target))
    throw new UserError(
      'RW022',
      `--explain "${cell}" selects none of the targets (${targets.join(', ')}); omit the targets`,
    );
  return { id, target };
}
