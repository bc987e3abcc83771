import { oneLine } from '../../model/controlCharacters.js';
import type { Network } from '../../model/network.js';
import type { Limits } from '../../search/limits.js';
import type { ExportFormat, Modelled } from '../format.js';
import { code, comment } from '../promela/c.js';
import { data } from '../promela/data.js';
import { head } from '../promela/head.js';
import { interpreter } from '../promela/interpreter.js';
import { liveness, livenessVariables } from '../promela/liveness.js';
import { variables } from '../promela/names.js';
import { type Survey, survey } from '../promela/survey.js';

/**
 * A network as a Promela model with embedded C, for Spin 6.5: the same states and transitions, the same rules. Explores
 * the network completely first.
 */
export async function promela(network: Network, limits: Limits = {}): Promise<Modelled> {
  const known = await survey(network, limits);
  const { exploration } = known;
  const without = known.rules
    .filter((rule) => rule.recoverable || rule.serializable)
    .map(({ id }) => id);
  if (!exploration.complete) return { exploration, without };
  return { pieces: [textOf(known, without)], exploration, without };
}

function textOf(known: Survey<unknown>, without: readonly string[]): string {
  const { network, questions, terminal } = known;
  const { compiled } = questions;
  const names = variables(network.components.map(({ name }) => name));
  const declared = names.map((name, i) => {
    const { length } = compiled.components[i]!.snapshots;
    const type = length <= 2 ** 8 ? 'byte' : length <= 2 ** 15 ? 'short' : 'int';
    return `${type} ${name} = ${compiled.first[i]};`;
  });
  if (terminal !== undefined)
    declared.push(`bool over = ${compiled.isTerminal(compiled.world(compiled.first))};`);
  const moves = (line: (name: string, i: number) => string) => names.map(line).join('\n\t');
  const memory = code(
    [
      `static void load(int *at)\n{\n\t${moves((name, i) => `at[${i}] = now.${name};`)}\n}`,
      `static void store(const int *at)\n{\n\t${moves((name, i) => `now.${name} = at[${i}];`)}\n}`,
    ].join('\n'),
  );
  const handles = (messages: Int32Array) =>
    Array.from({ length: messages.length / 2 }, (_, i) => {
      const [component, message] = [messages[2 * i]!, messages[2 * i + 1]!];
      return `HANDLES(${component}, ${names[component]}, ${message})`;
    });
  const formulas = liveness(known);
  const options = network.stimuli.map(({ description }, i) => {
    const guard = [
      ...(terminal === undefined ? [] : ['!now.over']),
      ...(formulas === '' ? [] : ['!FAILED']),
      ...handles(compiled.stimuli[i]!),
    ];
    return `${comment(description)}
:: d_step { c_expr { (${guard.join(' && ')}) } ->
	printf(${printed(description)});
	c_code { ${formulas === '' ? `call(${i})` : `NOTE(${i}, call(${i}))`}; };
	c_code [!found] { ; } }`;
  });
  return `${head(known, without)}
c_decl {
\\#include <signal.h>
\\#include <stdio.h>
\\#include <stdlib.h>
\\#include <string.h>
\\#include <sys/mman.h>
\\#include <unistd.h>
}

${declared.join('\n')}
${formulas === '' ? '' : livenessVariables(network.stimuli)}
${data(known)}
${memory}
c_code {
\\#ifndef STOP
\\#define STOP -1
\\#endif
}
${code(interpreter)}
c_code {
\\#define HANDLES(component, variable, message) (answer_of(component, now.variable, message) != UNHANDLED)
}

active proctype environment()
{
end:
do
${options.join('\n')}
:: c_expr { (check_state()) } -> assert(false)
od
}
${formulas}`;
}

/** A Promela string that prints unchanged, on a line of its own. */
const printed = (text: string): string =>
  `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%')}\\n"`;

/** The format for `recwalk export`. */
export const format: ExportFormat = {
  network: promela,
};
