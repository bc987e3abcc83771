import type { LivenessRule, Rule } from './network.js';

/** Whether a rule is about whole paths: what happens on every one of them. */
export const isLiveness = <W>(rule: Rule<W>): rule is LivenessRule<W> =>
  rule.eventually !== undefined || rule.leadsTo !== undefined;

/** Whether no single state or call can break a rule, because it is about whole paths or about overlapping calls. */
export const isAboutPaths = <W>(rule: Rule<W>): boolean =>
  isLiveness(rule) || rule.serializable !== undefined;
