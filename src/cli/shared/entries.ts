import { clientScopes, clientScopeText } from '../../../machines/clients/scopes.js';
import type { Design } from '../../../machines/design.js';
import { machines } from '../../../machines/index.js';
import { scopes, scopeText } from '../../../machines/scopes.js';
import { kernels } from '../../kernel/kernels.js';
import type { Json, Rule } from '../../model/network.js';
import { clientTargets } from './clients.js';
import { clientRules, designs, rules } from './registry.js';
import { ruleKind } from './ruleKind.js';

/** One entry of a list, with all fields that `list --json` prints. */
export interface Entry {
  readonly name: string;
  readonly description: string;
  readonly [field: string]: Json;
}

const designEntry = ({ name, description, source, kernel, breaks }: Design): Entry => ({
  name,
  description,
  source,
  kernel: kernel ?? null,
  breaks,
});

const ruleEntry = ({ possible, ...rule }: Rule<never>): Entry => ({
  name: rule.id,
  description: rule.description,
  source: rule.source,
  kind: ruleKind({ possible, ...rule } as Rule<never>),
  ...(possible === undefined ? {} : { goals: possible.map(({ description }) => description) }),
  ...(rule.unobservable === undefined ? {} : { unobservable: rule.unobservable }),
});

/** Every list of the catalog, by name. */
export const lists: Readonly<Record<string, () => Promise<readonly Entry[]>>> = {
  designs: async () => (await designs()).map(designEntry),
  rules: async () => (await rules()).map(ruleEntry),
  machines: async () =>
    Object.entries(machines).map(([name, { description }]) => ({ name, description })),
  scopes: async () =>
    Object.entries(scopes).map(([name, scope]) => ({ name, description: scopeText(scope) })),
  kernels: async () => kernels.map(({ name, description }) => ({ name, description })),
  clients: async () =>
    (await clientTargets()).map(({ name, description, source, kernel }) => ({
      name,
      description,
      source,
      kernel: kernel ?? null,
    })),
  'client-scopes': async () =>
    Object.entries(clientScopes).map(([name, scope]) => ({
      name,
      description: clientScopeText(scope),
    })),
  'client-rules': async () => (await clientRules()).map(ruleEntry),
};
