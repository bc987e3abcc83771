import type { LivenessRule, Rule } from './network.js';

/** Whether a rule is about whole paths: what happens on every one of them. */
export const isLiveness = <W>(rule: Rule<W>): rule is LivenessRule<W> =>
  rule.eventually !== undefined || rule.leadsTo !== undefined;
