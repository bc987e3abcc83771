import type { Domain, Guest } from '../src/domain.js';
import { type Design, networkOf } from './design.js';
import { divergenceClassIn } from './divergenceClass.js';
import { featureDocs } from './featureDocs.js';
import type { Features } from './features.js';
import { lifeOf } from './lifecycle.js';
import { limitations, outOfScope } from './limitations.js';
import { rfcMail } from './rfcMail.js';
import { scopeOfSteps } from './scopeOfSteps.js';
import { opsOf, parseScope, type Scope, scopes, scopeText } from './scopes.js';
import { display } from './stateView.js';
import type { World } from './world.js';

/** The parts of the domain that are files of folders, or that only some commands need. */
type Parts = Pick<Domain<Features, Scope, World>, 'rules' | 'fixes' | 'machines'> & {
  readonly designs: readonly Design[];
};

/** The calls of ftrace's own functions: every design in every scope. */
export const ftraceOf = (parts: Parts): Domain<Features, Scope, World> => ({
  name: 'ftrace',
  ...parts,
  features: featureDocs,
  scopes,
  scopeText,
  parseScope,
  scopeOfSteps,
  network: networkOf,
  divergenceClass: divergenceClassIn,
  life: lifeOf,
  display,
  review: { question: rfcMail, beyond: outOfScope, limitations },
  guest: (scope): Guest => ({ kind: 'calls', setups: setupsOf(scope) }),
});

/** Number of functions that the guest has for records. */
const GUEST_RECORDS = 8;

/** The guest's `setup` commands for a scope: first with its first functions, then with later ones. */
function setupsOf(scope: Scope): string[] {
  const ops = opsOf(scope).map(({ name, kind, owner }) =>
    kind === 'direct' ? `${name}:${kind}:${owner}` : `${name}:${kind}`,
  );
  return Array.from({ length: GUEST_RECORDS - scope.records + 1 }, (_, skipped) =>
    [`setup records=${scope.records}+${skipped}`, ...ops].join(' '),
  );
}
