import { counted } from '../../model/formatNumber.js';
import type { Report } from '../review.js';
import { notes, walked } from '../sentences.js';
import { command, filled } from './filled.js';
import { longStory } from './story.js';

/** One broken rule as a plain mail, to be sent by a person who answers for it. */
export function report(told: Report): string {
  const { rule, design, found, kernels, domain, played } = told;
  const { steps } = found;
  const whose =
    !played || found.designs[0].seen.length > 0 ? design.name : `a model of ${design.name}`;
  const parts = [
    [
      filled(
        `Subject: ${played ? 'ftrace' : domain}: ${rule.id} does not hold in ${whose}`,
        '',
        ' ',
      ),
    ],
    ['What', ...what(told)],
    ...(played ? [['Where it was seen', ...where(told)]] : []),
    ...(kernels.length === 0
      ? []
      : [
          [
            'Kernel and config',
            ...kernels.flatMap(({ name, description }) => [
              filled(name, '  '),
              ...description.map((line) => filled(line, '    ')),
            ]),
          ],
        ]),
    ...(design.legend === '' ? [] : [['Names', filled(design.legend, '  ')]]),
    ...(steps === undefined || steps.length === 0
      ? []
      : [['Steps', ...longStory(steps, rule.description)]]),
    ['Reproducer', ...reproducer(told)],
    ...kernels.flatMap(({ name, log }) =>
      log.length === 0 ? [] : [[`Log of ${name}`, ...log.map((line) => `  ${line}`)]],
    ),
    ['How it was found', ...how(told)],
    [
      'Tags',
      filled(
        'None is given here. Reported-by: is left for the human who looked at this and sends it; Fixes: is left for a human, too, since no commit was searched for.',
        '  ',
      ),
    ],
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function what({ question, rule, design, found }: Report): readonly string[] {
  const { steps } = found;
  const enough =
    steps === undefined || steps.length === 0
      ? ''
      : ` ${counted(steps.length, 'call')} ${steps.length === 1 ? 'is' : 'are'} enough; no story of fewer was found.`;
  return [
    filled(`Demanded: ${rule.description}`, '  ', '    '),
    filled(`By: ${rule.source}`, '  ', '    '),
    ...(question !== undefined && rule.source.includes('seed mail')
      ? [filled(`The seed mail: ${question.source}`, '  ', '    ')]
      : []),
    filled(`It does not hold in ${design.name} (${design.description}).${enough}`, '  '),
    ...notes(found).map((note) => filled(note, '  ')),
  ];
}

/** The wording for a kernel's evidence always differs from the wording for the model only. */
function where({ found }: Report): readonly string[] {
  const [{ seen, unobservable }] = found.designs;
  if (seen.length === 0)
    return [
      filled('No kernel was seen to break it. What follows is what a model says:', '  '),
      ...unobservable.map((why) => filled(`${why}.`, '  ')),
    ];
  return [
    filled(
      `On ${seen.join(' and ')}: there these very calls were made, and at every step came what stands below.`,
      '  ',
    ),
    ...unobservable.map((why) => filled(`Besides: ${why}.`, '  ')),
  ];
}

function reproducer({ replay, command: typed }: Report): readonly string[] {
  const again = [filled('The story again, from the model:', '  '), command(typed, '    ')];
  if (replay === undefined) return again;
  return [
    filled(`On a kernel, with what stands between the two lines below as ${replay.file}:`, '  '),
    command(replay.command, '    '),
    filled(`${replay.alone.description}, which can be sent to those who have no recwalk:`, '  '),
    command(replay.alone.command, '    '),
    ...again,
    '',
    ...enclosed(replay.file, replay.story),
    ...replay.alone.files.flatMap(({ name, text }) => ['', ...enclosed(name, text)]),
  ];
}

const enclosed = (name: string, text: string) => [`--- ${name}`, text.trimEnd(), '--- end'];

function how({ version, design, scope }: Report): readonly string[] {
  const { coverage, name } = design;
  return [
    filled(
      `By recwalk ${version}, which walks a model of these calls${scope === undefined ? '' : `, in the scope ${scope.description.replaceAll(',', ', ')}`}. ${name}: ${walked(coverage)}. It claims nothing outside of this ${scope === undefined ? 'model' : 'scope'}.`,
      '  ',
    ),
    ...coverage.reductions.map((line) => filled(line, '  ')),
    filled(`Digest of the machines: ${coverage.machines}.`, '  '),
  ];
}
