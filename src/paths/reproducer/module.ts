import { actors } from './actors.js';
import { filled } from './filled.js';
import { type Needs, needsOf } from './needs.js';
import { observation } from './observation.js';
import { includes, records, SPARE, texts, versions } from './prelude.js';
import { inC, inCComment } from './quoted.js';
import { stepFunctions, storyStatements } from './steps.js';
import type { Story } from './story.js';

/** One story as a kernel module in one file. insmod plays it, and the kernel's log has the result as KTAP. */
export function moduleOf(story: Story): string {
  const needs = needsOf(story);
  return [
    head(story, needs),
    includes(needs),
    ...versions(needs),
    texts(needs),
    records(story, needs),
    ...actors(story, needs),
    ...observation(story, needs),
    ...stepFunctions(story, needs),
    init(story, needs),
  ].join('\n');
}

function head(
  { name, description, head: { version, design, scope } }: Story,
  { inHashOrder }: Needs,
): string {
  const paragraphs = [
    description,
    `Design ${design} of recwalk ${version}, scope ${scope}. The expected outcomes are those of the design. After each call the module compares its errno, the callbacks to owners with their answers, whether the kernel warned, and for each function its line of enabled_functions, (count) flags trampoline, and the code that ran when it was called.`,
    ...inOrder(inHashOrder),
    'For x86-64, in a virtual machine. The module stays until the next boot, because pointers that a broken rule left may point into it.',
  ];
  const text = [
    ...paragraphs.map((paragraph) => filled(inCComment(paragraph), 96)),
    `With a Makefile in its folder that has "obj-m := ${name}.o":\n\n  make -C /lib/modules/$(uname -r)/build M=$PWD modules\n  insmod ${name}.ko; dmesg`,
  ].join('\n\n');
  return `// SPDX-License-Identifier: MIT OR GPL-2.0
/*
${text.replace(/^/gm, ' * ').replace(/ +$/gm, '')}
 */`;
}

/** A note for the reader of a story that depends on the order of the callbacks to owners. */
const inOrder = (calls: readonly number[]): readonly string[] =>
  calls.length === 0
    ? []
    : [
        `The kernel asks owners in the order of a hash of addresses. If step ${calls.join(' or ')} is not ok, that order may be the reason: reboot, and load with skip=1 (to ${SPARE}) for other functions.`,
      ];

const diagnostic = (description: string): string => `\tpr_info("# %s\\n", ${inC(description)});\n`;

function init(story: Story, needs: Needs): string {
  const { name, description, steps } = story;
  const requirements = [
    ...(needs.skip ? [{ not: `skip > ${SPARE}`, description: `skip of at most ${SPARE}` }] : []),
    ...(needs.warns ? [{ not: 'warned', description: 'a kernel that has not warned yet' }] : []),
    { not: 'ftrace_is_dead()', description: 'a living ftrace' },
    { not: 'IS_ERR(enabled_functions)', description: 'tracefs at /sys/kernel/tracing' },
  ];
  return `static int __init story(void)
{
	enabled_functions = filp_open("/sys/kernel/tracing/enabled_functions", O_RDONLY, 0);
	warned = test_taint(TAINT_WARN);
	if (${requirements.map(({ not }) => not).join(' || ')}) {
		pr_info("1..0 # SKIP this needs ${requirements.map((requirement) => requirement.description).join(', ')}\\n");
		return -EINVAL;
	}
	pr_info("KTAP version 1\\n");
	pr_info("1..${steps.length}\\n");
${[description, ...inOrder(needs.inHashOrder)].map(diagnostic).join('')}${storyStatements(story)
  .join('\n')
  .replace(/^(?=.)/gm, '\t')}
	filp_close(enabled_functions, NULL);
	return 0;
}

module_init(story);
MODULE_DESCRIPTION("${name}, a story of recwalk");
MODULE_LICENSE("Dual MIT/GPL");
`;
}
