import { kernelFixes } from '../../../machines/clients/kernelFixes.js';
import { clientsOf } from '../../../machines/clients/name.js';
import { clientNetwork } from '../../../machines/clients/network.js';
import { parseClientScope } from '../../../machines/clients/scopes.js';
import type { Design } from '../../../machines/design.js';
import { UserError } from '../../model/userError.js';
import type { CatalogTarget } from './knownTarget.js';
import { clientRules, designs, named } from './registry.js';

const haveClients = ({ name }: Design): boolean => Object.hasOwn(kernelFixes, name);

/** The clients of every design that has clients, in the default scope. */
export const clientTargets = async (): Promise<readonly CatalogTarget[]> =>
  Promise.all(
    (await designs())
      .filter(haveClients)
      .map(({ name }) => clientsNamed(clientsOf(name), undefined, undefined)),
  );

/** The clients of a design. Throws RW049 if the design has no client model. */
export async function clientsNamed(
  target: string,
  scopeText: string | undefined,
  rules: readonly string[] | undefined,
): Promise<CatalogTarget> {
  const known = (await designs()).filter(haveClients);
  const design = known.find(({ name }) => clientsOf(name) === target);
  if (design === undefined)
    throw new UserError(
      'RW049',
      `there is no client model of the design "${target.slice(clientsOf('').length)}"; type ${known.map(({ name }) => clientsOf(name)).join(', ')}`,
    );
  const scope = parseClientScope(scopeText ?? 'default');
  const network = clientNetwork(
    design,
    kernelFixes[design.name]!,
    scope,
    named(await clientRules(), rules, 'client-rules'),
  );
  return {
    name: target,
    description: network.description,
    source: `kernel/bpf/trampoline.c, kernel/kprobes.c, kernel/livepatch/patch.c; ${design.source}`,
    network,
    ...(design.kernel === undefined ? {} : { kernel: design.kernel }),
    guest: { kind: 'clients', setups: [`setup livepatch=${Math.max(scope.livepatch, 1)}`] },
  };
}
