import type { Domain } from '../../src/domain.js';
import type { Rule } from '../../src/model/network.js';
import type { Design } from '../design.js';
import { ALIASED_FUNCTION, functionsIn } from './client.js';
import type { ClientScope } from './clients.js';
import { type KernelFixes, kernelFixes } from './kernelFixes.js';
import { clientsOf } from './name.js';
import { clientNetwork } from './network.js';
import { scopeOfSteps } from './scopeOfSteps.js';
import { clientScopes, clientScopeText, parseClientScope } from './scopes.js';
import type { ClientWorld } from './world.js';

/** The real clients above the calls of those designs whose kernels have a client model. */
export function clientsDomain(
  designs: readonly Design[],
  rules: readonly Rule<ClientWorld>[],
): Domain<KernelFixes, ClientScope, ClientWorld> {
  const below = new Map(
    designs
      .filter(({ name }) => Object.hasOwn(kernelFixes, name))
      .map((design) => [clientsOf(design.name), design]),
  );
  return {
    name: 'clients',
    designs: [...below].map(([name, design]) => ({
      ...design,
      name,
      description: `BPF, livepatch, kprobes and others above the calls of ${design.name}`,
      source: `kernel/bpf/trampoline.c, kernel/kprobes.c, kernel/livepatch/patch.c; ${design.source}`,
      features: kernelFixes[design.name]!,
      breaks: [],
    })),
    rules,
    scopes: clientScopes,
    scopeText: clientScopeText,
    parseScope: parseClientScope,
    scopeOfSteps,
    network: ({ name, features }, scope, rules) =>
      clientNetwork(below.get(name)!, features, scope, rules),
    guest: (scope) => ({
      kind: 'clients',
      setups: [
        `setup livepatch=${Math.max(scope.livepatch, 1)} syscall=${Number(functionsIn(scope).includes(ALIASED_FUNCTION))} call=${scope.call}${scope.transition > 0 ? ' transition=1' : ''}`,
      ],
    }),
  };
}
