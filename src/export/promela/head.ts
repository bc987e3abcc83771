import { oneLine } from '../../model/controlCharacters.js';
import { isLiveness } from '../../model/liveness.js';
import type { Rule } from '../../model/network.js';
import type { Survey } from './survey.js';

/** The comment at the head of the file: its content, how to run it, and what it leaves out. */
export function head<W>(
  { network, rules, exploration }: Survey<W>,
  without: readonly string[],
): string {
  const { name, description, scopeText, scope } = network;
  const bounds = scopeText ?? (scope && JSON.stringify(scope));
  const numbered = rules.flatMap(({ id, always, step }, i) =>
    always || step ? [`  -DSTOP=${String(i + 1).padEnd(4)} ${oneLine(id)}`] : [],
  );
  const lines = [
    oneLine(`${name}: ${description}`),
    ...(bounds === undefined ? [] : [oneLine(bounds)]),
    '',
    `Written by recwalk, which found ${exploration.states} states and ${exploration.transitions} transitions.`,
    'Spin finds the same, and counts one transition more, into the first state.',
    '',
    'Each call of the environment is one transition. recwalk provides the tables of the machines, and the',
    'verdicts of the rules by the values that they read. C code and Spin deliver, search and count independently.',
    '',
    'With this file as model.pml:',
    '  spin -a model.pml && gcc -O3 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -m1000000',
    'searches depth-first. Further options of gcc select other searches:',
    '  -DBFS                breadth-first, ./pan without -m',
    '  -DBFS_PAR            breadth-first on two cores: ./pan -u2; it stores hashes only',
    '  -DBFS_PAR -DNO_HC    the same with whole states',
    '  -DNCORE=2            depth-first on two cores',
    '  -DCOLLAPSE           less memory, with any of these',
    'and a swarm: spin -run -swarm4,1 model.pml. A break that a swarm does not report may still exist.',
    'spin -run removes pan.c; spin -a makes a new one.',
    '',
    'The first break of each rule is printed as "recwalk: broken RULE", and so is each finding. For a trail',
    'of one of them, compile with',
    ...numbered,
    '  -DSTOP=0    any finding',
    'and replay its calls with ./pan -r -S. With -DBFS the trail is a shortest one.',
    ...pathLines(rules),
    ...(without.length === 0
      ? []
      : ['', `Left out, since no single path can break it: ${oneLine(without.join(', '))}`]),
  ];
  return `/*\n${lines.map((line) => ` * ${line.replaceAll('*/', '* /')}`.trimEnd()).join('\n')}\n */`;
}

/** How to judge the liveness rules, if there are any. */
function pathLines<W>(rules: readonly Rule<W>[]): string[] {
  const numbered = rules.flatMap((rule, i) =>
    isLiveness(rule) ? [`  -DRULE=${String(i + 1).padEnd(4)} ${oneLine(rule.id)}`] : [],
  );
  if (numbered.length === 0) return [];
  return [
    '',
    'A rule about whole paths is an LTL formula, selected by its number:',
    '  spin -DRULE=N -a model.pml && gcc -O3 -DNOREDUCE -o pan pan.c && ./pan -a -m1000000',
    'An acceptance cycle breaks the rule; ./pan -r -S replays it.',
    ...numbered,
  ];
}
