import type { Design, Domain, Guest } from '../../domain.js';
import { didYouMean, nearest } from '../../interpret/didYouMean.js';
import { validateNetwork } from '../../interpret/validateNetwork.js';
import type { Network, Rule } from '../../model/network.js';
import { UserError } from '../../model/userError.js';
import { builtInOf } from './registry.js';
import { thrownLine } from './render/thrownLine.js';
import { scopeNamed, type TypedScope } from './scope.js';
import { userDomain } from './userDomain.js';

/** A design in a scope: the target of a name on the command line. */
export interface Target {
  /** The name as typed. */
  readonly name: string;
  readonly domain: Domain;
  readonly design: Design;
  /** Unset if the domain has no scopes. */
  readonly scope?: TypedScope;
  /** The network with the selected rules. */
  readonly network: Network;
}

/** Whether a target is a file, or a design in one; otherwise it is the name of a built-in design. */
export const isFile = (target: string): boolean =>
  /\.[cm]?[jt]sx?(#[^/]*)?$/.test(target) || target.includes('/');

/** Splits `FILE#NAME`. */
export function parts(target: string): { readonly file: string; readonly name?: string } {
  const [, file, name] = /^(.*\.[cm]?[jt]sx?)#([^/]*)$/.exec(target) ?? [];
  return file === undefined || name === undefined ? { file: target } : { file, name };
}

/** The names of all designs that a target stands for: `FILE` stands for each design of the file. */
export async function designsOf(target: string): Promise<readonly string[]> {
  const { file, name } = parts(target);
  if (!isFile(target) || name !== undefined) return [target];
  const { designs } = await userDomain(file, name);
  return designs.length === 1 ? [target] : designs.map((design) => `${file}#${design.name}`);
}

/**
 * The target of a name: a built-in design, or a design of a file. Throws RW010 for an unknown scope, RW013 for a scope
 * where the domain has none, RW011 for an unknown design, RW012 for an unknown rule or one that says nothing in the
 * scope, RW060 for a file of several
 * designs, and the errors of loading a file.
 */
export async function targetNamed(
  name: string,
  scopeText: string | undefined,
  rules: readonly string[] | undefined,
): Promise<Target> {
  const { domain, design, ruleList } = await found(name);
  const scope = scopeNamed(domain, scopeText);
  if (scope === undefined && scopeText !== undefined)
    throw new UserError(
      'RW013',
      `--scope is for designs; ${name} is a file, which defines its own size`,
    );
  const target = { name, domain, design, ...(scope && { scope }) };
  const network = networkOf(target, rulesNamed(name, domain, rules, ruleList));
  for (const id of rules ?? [])
    if (scope && !network.rules?.some((rule) => rule.id === id))
      throw new UserError(
        'RW012',
        `rule ${id} is about nothing that scope ${scope.name ?? scope.text} of ${name} has; recwalk list scopes lists others`,
      );
  return { ...target, network };
}

/** The domain of a target. */
export const domainOf = async (target: string): Promise<Domain> => (await found(target)).domain;

async function found(target: string) {
  if (!isFile(target)) {
    const { domain, ruleList } = await builtInOf(target);
    return { domain, ruleList, design: domain.designs.find(({ name }) => name === target)! };
  }
  const { file, name } = parts(target);
  const domain = await userDomain(file, name);
  const names = domain.designs.map((design) => design.name);
  const design = domain.designs.find((one) =>
    names.length === 1 && name === undefined ? true : one.name === name,
  );
  if (design !== undefined) return { domain, design };
  if (name === undefined)
    throw new UserError(
      'RW060',
      `${file} has the designs ${names.join(', ')}; type one of them, for example ${file}#${names[0]}`,
    );
  throw new UserError('RW011', `${file} has no design "${name}"; ${didYouMean(name, names)}`);
}

/** Whether --scope applies to a target. */
export async function takesScope(target: string): Promise<boolean> {
  return scopeNamed((await found(target)).domain, undefined) !== undefined;
}

/** The rules of these names, or all rules if `names` is undefined. Throws RW012 for an unknown name. */
function rulesNamed(
  target: string,
  { rules }: Domain,
  names: readonly string[] | undefined,
  ruleList: string | undefined,
): Domain['rules'] {
  if (names === undefined) return rules;
  return names.map((id) => {
    const rule = rules.find((r) => r.id === id);
    if (rule !== undefined) return rule;
    const ids = rules.map((r) => r.id);
    throw new UserError(
      'RW012',
      ruleList === undefined
        ? `${target} has no rule "${id}"; ${didYouMean(id, ids)}`
        : `no rule is called "${id}"; ${meant(id, ids)}recwalk list ${ruleList} lists all ${ids.length}`,
    );
  });
}

const meant = (name: string, known: readonly string[]): string => {
  const near = nearest(name, known);
  return near === undefined ? '' : `did you mean ${near}? `;
};

/** The network of a target's design, or of another design of its domain, in the target's scope. */
export function networkOf(
  { name, domain, scope, ...target }: Omit<Target, 'network'>,
  rules: readonly Rule<unknown>[],
  design: Design = target.design,
): Network {
  if (!isFile(name)) return domain.network(design, scope?.value, rules);
  const network = networkBy(name, () => domain.network(design, scope?.value, rules));
  validateNetwork(network);
  if (network.name !== design.name)
    throw new UserError(
      'RW210',
      `network() of ${name} returns a network named "${network.name}"; name it as the design, "${design.name}"`,
    );
  return network;
}

function networkBy(name: string, make: () => Network): Network {
  try {
    return make();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError('RW214', `network() of ${name} throws: ${thrownLine(error)}`);
  }
}

/** The guest that plays a target. Throws RW061 if no kernel can play it. */
export function guestOf({ name, domain, scope }: Target): Guest {
  if (domain.guest === undefined)
    throw new UserError(
      'RW061',
      `${name} models no kernel, and replay compares with one; type the name of a design (recwalk list designs)`,
    );
  return domain.guest(scope?.value);
}
