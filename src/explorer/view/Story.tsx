import { changedParts } from '../../paths/changedParts.js';
import { writeStory } from '../../paths/storyFormat.js';
import type { Place, Step } from '../explored.js';
import { linkTo } from '../playback.js';
import { breaksOf } from '../ruleStatus.js';
import type { Example } from './examples.js';

interface Props {
  readonly design: string;
  readonly scope: string | undefined;
  readonly first: Place;
  readonly story: readonly Step[];
  readonly at: number;
  readonly example: Example | undefined;
  readonly onGo: (at: number) => void;
  readonly onCopy: (what: string, text: string) => void;
}

/** The story so far: its calls, their outcomes, and the rules that each call broke. */
export function Story({ design, scope, first, story, at, example, onGo, onCopy }: Props) {
  const steps = story.slice(0, at);
  const text = () =>
    writeStory({
      notes: [
        ...(example !== undefined && at === story.length
          ? [`A shortest story that ${example.description}.`]
          : []),
        `design ${design}`,
        ...(scope === undefined ? [] : [`scope ${scope}`]),
      ],
      steps: steps.map(({ call, outcome }) => ({ call, outcome: [...outcome] })),
    });
  const link = () =>
    new URL(linkTo({ calls: steps.map(({ stimulus }) => stimulus), at }), location.href).href;
  return (
    <section class="story" aria-label="Story">
      <h2>
        Story{' '}
        <span class="buttons">
          <button type="button" onClick={() => onCopy('Story', text())}>
            Copy the story
          </button>
          <button type="button" onClick={() => onCopy('Link', link())}>
            Copy a link
          </button>
        </span>
      </h2>
      <ol start={0} aria-live="polite">
        <li class={at === 0 ? 'present' : ''}>
          <button
            type="button"
            aria-current={at === 0 ? 'step' : undefined}
            onClick={() => onGo(0)}
          >
            <code>no call yet</code>
          </button>
          <Broken rules={first.broken} />
        </li>
        {story.map((step, i) => (
          <Line
            key={`${i} ${step.stimulus}`}
            step={step}
            number={i + 1}
            at={at}
            before={story[i - 1]?.outcome ?? step.outcome}
            breaks={breaksOf(step, story[i - 1]?.after ?? first)}
            onGo={onGo}
          />
        ))}
      </ol>
    </section>
  );
}

interface LineProps {
  readonly step: Step;
  readonly number: number;
  readonly at: number;
  readonly before: readonly string[];
  readonly breaks: readonly string[];
  readonly onGo: (at: number) => void;
}

const Line = ({ step, number, at, before, breaks, onGo }: LineProps) => (
  <li class={number === at ? 'present' : number > at ? 'to-come' : ''}>
    <button
      type="button"
      aria-current={number === at ? 'step' : undefined}
      onClick={() => onGo(number)}
    >
      <code>{step.call}</code>
    </button>
    {number <= at && (
      <>
        <span class="outcome">
          {changedParts(step.outcome, before).map((part) => (
            <code key={part} class={/^-E|^WARN|^DEAD|^OOPS/.test(part) ? 'part bad' : 'part'}>
              {part}
            </code>
          ))}
          {step.aside.map((part) => (
            <em key={part}>({part})</em>
          ))}
        </span>
        <Broken rules={breaks} />
      </>
    )}
  </li>
);

const Broken = ({ rules }: { readonly rules: readonly string[] }) =>
  rules.length === 0 ? null : <span class="breaks bad">✕ breaks {rules.join(', ')}</span>;
