import type { Survey } from './survey.js';

/** What the file is, how it is run, and what it leaves out, as a comment. */
export function head<W>(
  { network, rules, exploration }: Survey<W>,
  without: readonly string[],
): string {
  const { name, says, within, scope } = network;
  const bounds = within ?? (scope && JSON.stringify(scope));
  const numbered = rules.flatMap(({ id, recoverable }, i) =>
    recoverable ? [] : [`  -DSTOP=${i + 1}  ${id}`],
  );
  const lines = [
    `${name}: ${says}`,
    ...(bounds === undefined ? [] : [bounds]),
    '',
    `Written by recwalk, which found ${exploration.states} states and ${exploration.transitions} transitions.`,
    'One call of the environment is one transition here. The tables come from the machines, the verdicts',
    'of rules by what they read from the rules; delivery, search and counting are done anew.',
    '',
    'Save as MODEL.pml, then:',
    '  spin -a MODEL.pml && gcc -O3 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -m100000',
    '',
    'Rules are told at their first break, findings too. To have a trail instead, compile with one of',
    ...numbered,
    '  -DSTOP=0  any finding',
    'and replay it with ./pan -r. With -DBFS the trail is a shortest one.',
    ...(without.length === 0
      ? []
      : ['', `Left out, for they are no safety properties: ${without.join(', ')}`]),
  ];
  return `/*\n${lines.map((line) => ` * ${line.replaceAll('*/', '* /')}`.trimEnd()).join('\n')}\n */`;
}
