import type { RowView, StateView } from '../domain.js';
import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { exactText } from '../interpret/exactText.js';
import { valueText } from '../interpret/valueText.js';

/** The view of a state for any network: the state of each component, and its context if any component has one. */
export function componentView(
  { components }: CompiledSystem,
  state: Readonly<Int32Array>,
): StateView {
  const rows = components.map(({ name, snapshots }, i) => {
    const { value, context } = snapshots[state[i]!]!;
    return { name, value: valueText(value) || '-', context: contextText(context) };
  });
  const hasContext = rows.some(({ context }) => context !== '');
  return {
    tables: [
      {
        what: 'component',
        rows: rows.map(({ name, value, context }) => ({
          name,
          fields: { state: value, ...(hasContext ? { context: context || '-' } : {}) },
        })),
      },
    ],
  };
}

const contextText = (context: unknown): string =>
  typeof context === 'object' && context !== null && Object.keys(context).length === 0
    ? ''
    : exactText(context, 'the context');

/** The fields that changed, as `NAME FIELD`. */
export const changesOf = (now: readonly RowView[], was: readonly RowView[]): ReadonlySet<string> =>
  new Set(
    now.flatMap(({ name, fields }, i) =>
      Object.entries(fields)
        .filter(([field, value]) => was[i]!.fields[field] !== value)
        .map(([field]) => `${name} ${field}`),
    ),
  );
