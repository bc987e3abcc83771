import type { Design, Domain } from '../../domain.js';
import { kernels, type NamedKernel } from '../../kernel/kernels.js';
import { needsOf } from '../../kernel/needs.js';
import { cachedVersion } from '../../kernel/packages.js';
import type { Json, Rule } from '../../model/network.js';
import { clients, ftrace } from './registry.js';
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

const scopeEntries = (domain: Domain): readonly Entry[] =>
  Object.entries(domain.scopes ?? {}).map(([name, scope]) => ({
    name,
    description: domain.scopeText?.(scope) ?? name,
  }));

/** `here` is the version in the cache, or null. */
const kernelEntry = async (kernel: NamedKernel): Promise<Entry> => ({
  name: kernel.name,
  description: kernel.description,
  needs: await needsOf(kernel),
  here: (await cachedVersion(kernel.name)) ?? null,
});

/** Every list of the catalog, by name. */
export const lists: Readonly<Record<string, () => Promise<readonly Entry[]>>> = {
  designs: async () => (await ftrace()).designs.map(designEntry),
  rules: async () => (await ftrace()).rules.map(ruleEntry),
  machines: async () =>
    Object.entries((await ftrace()).machines ?? {}).map(([name, { description }]) => ({
      name,
      description,
    })),
  scopes: async () => scopeEntries(await ftrace()),
  kernels: () => Promise.all(kernels.map(kernelEntry)),
  clients: async () =>
    (await clients()).designs.map(({ name, description, source, kernel }) => ({
      name,
      description,
      source,
      kernel: kernel ?? null,
    })),
  'client-scopes': async () => scopeEntries(await clients()),
  'client-rules': async () => (await clients()).rules.map(ruleEntry),
};
