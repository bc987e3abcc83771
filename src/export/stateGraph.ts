import { outcomeParts } from '../interpret/outcomeParts.js';
import { valueText } from '../interpret/valueText.js';
import { number } from '../model/formatNumber.js';
import type { SnapshotData } from '../model/network.js';
import { UserError } from '../model/userError.js';
import type { Check } from '../search/check.js';
import { arrowsOf, type Chart } from './chart.js';
import { type Taken, walked } from './walked.js';

/** Maximum number of states that a drawing can show legibly. */
export const MOST_DRAWN = 400;

/**
 * All states of a network as a chart. A state is named by its number and by the states of the components that have
 * several. Throws RW063 for too many states.
 */
export function stateChart(check: Check, description: readonly string[]): Chart {
  const { name } = check.compiled.network;
  const { states } = check.exploration;
  if (states > MOST_DRAWN)
    throw new UserError(
      'RW063',
      `${name} has ${number(states)} states, and a drawing shows at most ${MOST_DRAWN}; give a smaller scope, or type --to aut or --to json`,
    );
  const names = stateNames(check);
  const inside = names.map((): string[] => []);
  const transitions: { from: string; to: string; label: string }[] = [];
  for (const taken of walked(check)) {
    const label = labelOf(check, taken);
    if (taken.from === taken.to) inside[taken.from]!.push(label);
    else transitions.push({ from: names[taken.from]!, to: names[taken.to]!, label });
  }
  return {
    name,
    description,
    states: names.map((name, i) => ({ name, inside: inside[i]! })),
    arrows: arrowsOf(transitions),
    everywhere: [],
  };
}

function stateNames(check: Check): readonly string[] {
  const values = Array.from(snapshots(check), (all) => all.map(({ value }) => valueText(value)));
  const varies = values[0]!.map((first, i) => values.some((state) => state[i] !== first));
  return values.map((state, n) =>
    [String(n), state.filter((_, i) => varies[i]).join(', ')]
      .filter((part) => part !== '')
      .join(': '),
  );
}

const labelOf = ({ compiled }: Check, { call, emitted, after }: Taken<unknown>): string => {
  const outcome = outcomeParts(compiled.network, emitted, after).join('; ');
  return outcome === '' ? call.description : `${call.description} / ${outcome}`;
};

/** The snapshots of the components in each state. */
function* snapshots({ compiled, exploration }: Check): Generator<readonly SnapshotData[]> {
  const state = new Int32Array(compiled.components.length);
  for (let n = 0; n < exploration.states; n++) {
    exploration.visited.load(n, state);
    yield compiled.components.map(({ snapshots }, i) => snapshots[state[i]!]!);
  }
}

/** All states and transitions of a network as JSON, one line each. */
export function* stateGraphJson(check: Check, description: readonly string[]): Generator<string> {
  const { network, components } = check.compiled;
  const head = {
    name: network.name,
    description: description.join('\n'),
    scope: network.scope ?? null,
  };
  yield `{\n${Object.entries(head)
    .map(([key, value]) => `"${key}": ${JSON.stringify(value)},\n`)
    .join('')}"states": [`;
  let comma = '\n';
  for (const all of snapshots(check)) {
    const state = components.map(({ name }, i) => [
      name,
      { value: all[i]!.value, context: all[i]!.context },
    ]);
    yield `${comma}${JSON.stringify(Object.fromEntries(state), collections)}`;
    comma = ',\n';
  }
  yield '\n],\n"transitions": [';
  comma = '\n';
  for (const { from, to, call, emitted, after } of walked(check)) {
    const outcome = outcomeParts(network, emitted, after);
    yield `${comma}${JSON.stringify({ from, to, call: call.description, outcome })}`;
    comma = ',\n';
  }
  yield '\n]\n}\n';
}

/** Maps and sets as arrays. */
const collections = (_key: string, value: unknown): unknown =>
  value instanceof Map || value instanceof Set ? [...value] : value;
