import type { Json, Network } from '../../model/network.js';
import type { Chart } from '../chart.js';
import type { ExportFormat } from '../format.js';
import { configOf, contextOf, type Shown } from '../machine.js';
import { stateGraphJson } from '../stateGraph.js';

/** The machine's config for XState's createMachine; guards and actions are names. */
export const json = (shown: Shown, description: readonly string[]): string =>
  text({ description: description.join('\n'), context: contextOf(shown), ...configOf(shown) });

/** The machines of a network, the machine of each component, and the life of one part. */
export function networkJson(
  { components, scope }: Network,
  { description, ...life }: Chart,
): string {
  const shown = components.map((component): Shown => ({ description: '', ...component }));
  return text({
    description,
    scope: scope ?? null,
    components: shown.map((one) => ({
      name: one.name,
      machine: one.machine.id,
      context: contextOf(one),
    })),
    machines: Object.fromEntries(shown.map((one) => [one.machine.id, configOf(one)])),
    life: { ...life },
  });
}

const text = (what: { readonly [key: string]: Json | object }) =>
  `${JSON.stringify(what, null, 2)}\n`;

/** The format for `recwalk export`. */
export const format: ExportFormat = {
  machine: async (shown, description) => [json(shown, description)],
  design: async ({ network, check, description, life }) =>
    life === undefined ? stateGraphJson(check, description) : [networkJson(network, life())],
};
