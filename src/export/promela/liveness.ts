import { isLiveness } from '../../model/liveness.js';
import type { Stimulus } from '../../model/network.js';
import { FairnessGroups } from '../../properties/fairnessGroups.js';
import { Arrays, code, comment } from './c.js';
import type { Survey } from './survey.js';

/**
 * The liveness rules as LTL formulas, of which -DRULE selects one when Spin reads the model; only then the state has
 * the last call and whether it failed. A call that fails ends the path, and so does a state without calls: Spin repeats
 * the last state of such a path for ever. Empty if there are no such rules.
 */
export function liveness<W>(survey: Survey<W>): string {
  const { rules, network } = survey;
  const members: number[] = [];
  const formulas = rules.flatMap((rule, i) => {
    if (!isLiveness(rule)) return [];
    const fair = new FairnessGroups(network.stimuli, rule.fair);
    const premises = fair.groups.map(({ fairness }, group) => {
      const number = members.length / network.stimuli.length;
      members.push(...network.stimuli.map((_, stimulus) => (fair.has(group, stimulus) ? 1 : 0)));
      return fairness === 'weak'
        ? `[]<> ${expression(`!group_enabled(${number}) || group_taken(${number})`)}`
        : `(<>[] ${expression(`!group_enabled(${number})`)} || []<> ${expression(`group_taken(${number})`)})`;
    });
    const claim = formula(survey, i);
    const judged = premises.length === 0 ? claim : `(${premises.join(' && ')}) -> (${claim})`;
    return [`#if RULE == ${i + 1}\n${comment(rule.id)}\nltl rule_${i + 1} { ${judged} }\n#endif`];
  });
  if (formulas.length === 0) return '';
  const arrays = new Arrays();
  arrays.add('members', members);
  return `#ifdef RULE\n${arrays}${code(groups)}\n${formulas.join('\n')}\n#endif\n`;
}

/** Declares what the state has in addition while a liveness rule is judged. */
export const livenessVariables = (stimuli: readonly Stimulus[]): string => `#ifdef RULE
bool failed = 0;
${stimuli.length < 2 ** 15 ? 'short' : 'int'} taken = 0;
c_code {
\\#define FAILED now.failed
\\#define NOTE(number, succeeds) (now.failed = !(succeeds), now.taken = (number) + 1)
}
#else
c_code {
\\#define FAILED 0
\\#define NOTE(number, succeeds) (succeeds)
}
#endif
`;

/** The claim of a rule in LTL. */
function formula<W>({ liveness, firstPath }: Survey<W>, rule: number): string {
  const claims = liveness.flatMap((claim, i) => (claim.rule === rule ? [firstPath + i] : []));
  const [first, to] = claims.map((claim) => expression(`is_true(${claim})`));
  return to === undefined ? `<> ${first}` : `[] (${first} -> <> ${to})`;
}

/** A proposition. Without a second pair of parentheses Spin takes a call of a function for a side effect. */
const expression = (c: string): string => `c_expr { (${c}) }`;

const groups = `
static int is_true(int claim)
{
	load(current.at);
	return holds(claim);
}

static int group_enabled(int group)
{
	if (OVER || FAILED)
		return 0;
	load(current.at);
	for (int number = 0; number < STIMULI; number++)
		if (members[group * STIMULI + number] && is_enabled(current.at, number))
			return 1;
	return 0;
}

static int group_taken(int group)
{
	return now.taken > 0 && members[group * STIMULI + now.taken - 1];
}
`;
