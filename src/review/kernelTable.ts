import type { Cell, Review, ReviewedDesign, ReviewedRule } from './review.js';

/** A rule that a kernel broke, on each kernel, and the designs in which that changed. */
export interface KernelRow {
  readonly rule: ReviewedRule;
  /** One for each kernel. */
  readonly cells: readonly Cell[];
  /** `broken since DESIGN`, `holds since DESIGN`; empty if all designs break the rule. */
  readonly changes: readonly string[];
}

/** Rules against kernels. */
export interface KernelTable {
  /** Designs that a kernel played, with its exact version. */
  readonly kernels: readonly { readonly design: ReviewedDesign; readonly name: string }[];
  readonly rows: readonly KernelRow[];
}

/**
 * The rules that kernels broke, with the designs since which they are broken or hold. Designs between two kernels
 * count, so that a change is dated as exactly as the designs permit. Undefined if fewer than two kernels played.
 */
export function kernelTable({ designs, rules }: Review): KernelTable | undefined {
  const kernels = designs.flatMap((design) =>
    design.playedOn === undefined ? [] : [{ design, name: design.playedOn.join(', ') }],
  );
  if (kernels.length < 2) return undefined;
  const since = designs.slice(designs.indexOf(kernels[0]!.design));
  return {
    kernels,
    rows: rules
      .map((rule) => ({
        rule,
        cells: kernels.map(({ design }) => design.cells[rule.id] ?? 'absent'),
        changes: changes(rule.id, since),
      }))
      .filter(({ cells }) => cells.includes('seen')),
  };
}

const isBroken = (cell: Cell | undefined) => cell === 'seen' || cell === 'broken';
const holds = (cell: Cell | undefined) => cell === 'holds' || cell === 'starves';

function changes(rule: string, designs: readonly ReviewedDesign[]): readonly string[] {
  const decided = designs.filter(({ cells }) => isBroken(cells[rule]) || holds(cells[rule]));
  return decided.flatMap(({ name, cells }, i) => {
    const [is, was] = [isBroken(cells[rule]), isBroken(decided[i - 1]?.cells[rule])];
    return i === 0 || is === was ? [] : [`${is ? 'broken' : 'holds'} since ${name}`];
  });
}
