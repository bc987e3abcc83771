import { useState } from 'preact/hooks';
import type { RuleStatus } from '../ruleStatus.js';
import type { Example } from './examples.js';

interface Props {
  readonly standings: readonly RuleStatus[];
  /** Number of calls made. */
  readonly at: number;
  readonly examples: readonly Example[];
  /** The counterexample that is playing. */
  readonly example: Example | undefined;
  readonly onPlay: (example: Example) => void;
}

const GROUPS = [
  ['broken', 'Broken in this scope'],
  ['unknown', 'Unknown: the search was stopped'],
  ['holds', 'Hold on every path of this scope'],
  ['out of scope', 'Not in this scope'],
  [undefined, 'Rules'],
] as const;

/** Every rule with its status here and on all paths; broken rules have their shortest story to play. */
export const Rules = ({ standings, at, examples, example, onPlay }: Props) => (
  <aside aria-label="Rules">
    {examples.some(({ rule }) => rule === undefined) && (
      <section>
        <h2>Failures outside of the rules</h2>
        {examples
          .filter(({ rule }) => rule === undefined)
          .map((finding) => (
            <p key={finding.description}>
              <span class="bad">{finding.description}</span>{' '}
              <Play example={finding} name={finding.description} onPlay={onPlay} />
            </p>
          ))}
      </section>
    )}
    {GROUPS.map(([verdict, head]) => {
      const group = standings.filter(({ whole }) => whole?.verdict === verdict);
      if (group.length === 0) return null;
      return (
        <section key={head}>
          <h2>
            {head} ({group.length})
          </h2>
          <ul>
            {group.map((status) => (
              <OneRule
                key={status.rule.id}
                status={status}
                at={at}
                example={examples.find(({ rule }) => rule === status.rule.id)}
                isPlaying={example?.rule === status.rule.id}
                onPlay={onPlay}
              />
            ))}
          </ul>
        </section>
      );
    })}
  </aside>
);

interface RuleProps {
  readonly status: RuleStatus;
  readonly at: number;
  readonly example: Example | undefined;
  readonly isPlaying: boolean;
  readonly onPlay: Props['onPlay'];
}

function OneRule({ status, at, example, isPlaying, onPlay }: RuleProps) {
  const { rule, here, since, goals, whole } = status;
  const [open, setOpen] = useState(false);
  const shown = open || isPlaying;
  return (
    <li class={`rule ${here}${isPlaying ? ' chosen' : ''}`} data-rule={rule.id} data-here={here}>
      <div class="head">
        <button type="button" class="name" aria-expanded={shown} onClick={() => setOpen(!open)}>
          {rule.id}
        </button>
        {example && <Play example={example} name={rule.id} onPlay={onPlay} />}
      </div>
      <div class="here">{hereText(status, at)}</div>
      {shown && (
        <div class="details">
          <p>{rule.description}</p>
          <p class="source">{rule.source}</p>
          {goals?.map(({ description, reached }) => (
            <p key={description}>
              {reached ? '● reached' : '○ not yet'}: {description}
            </p>
          ))}
          {whole?.aboutPath?.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {whole?.missed?.map((goal) => (
            <p key={goal} class="bad">
              never reached: {goal}
            </p>
          ))}
          {whole?.outOfScope?.map((goal) => (
            <p key={goal} class="source">
              not in this scope: {goal}
            </p>
          ))}
          {whole?.evidence.map((line) => (
            <p key={line} class={line.startsWith('seen on') ? 'evidence' : 'source'}>
              {line}
            </p>
          ))}
          {since !== undefined && rule.unobservable && <p>{rule.unobservable}</p>}
        </div>
      )}
    </li>
  );
}

function hereText({ here, since, goals }: RuleStatus, at: number): string {
  if (goals !== undefined)
    return `${goals.filter(({ reached }) => reached).length} of ${goals.length} goals reached`;
  if (here === 'broken') return since === at ? '✕ broken here' : `✕ broken here, first at ${since}`;
  if (since !== undefined) return `✕ was broken at ${since}`;
  return here === 'holds' ? '● not broken so far' : '○ no single story can decide this';
}

interface PlayProps {
  readonly example: Example;
  readonly name: string;
  readonly onPlay: Props['onPlay'];
}

const Play = ({ example, name, onPlay }: PlayProps) => (
  <button type="button" class="play" aria-label={`Play ${name}`} onClick={() => onPlay(example)}>
    ▸ {example.calls.length} {example.calls.length === 1 ? 'call' : 'calls'}
  </button>
);
