import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { changedParts } from '../../paths/changedParts.js';
import { breaksOf } from '../ruleStatus.js';
import type { Place, Step } from '../walk.js';

interface Props {
  readonly panel: RefObject<HTMLElement | null>;
  readonly place: Place;
  readonly offers: readonly Step[];
  readonly last: Step | undefined;
  /** Whether the list has the focus at the start. */
  readonly focused: boolean;
  readonly onTake: (stimulus: number) => void;
}

/** The order in which types of calls are listed; others follow in the network's order. */
const FIRST = ['register', 'unregister', 'add', 'remove', 'modify'];

function grouped(offers: readonly Step[]): readonly (readonly [string, readonly Step[]])[] {
  const groups = new Map<string, Step[]>(FIRST.map((sort) => [sort, []]));
  for (const step of offers) groups.set(step.sort, [...(groups.get(step.sort) ?? []), step]);
  return [...groups].filter(([, steps]) => steps.length > 0);
}

/** Whether a call matches a filter. Each word of the filter must begin some word of the call, in any order. */
const fits = (call: string, filter: string): boolean =>
  filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => ` ${call.toLowerCase()}`.includes(` ${word}`));

/** The calls that are enabled now, each with its outcome. */
export function Calls({ panel, place, offers, last, focused, onTake }: Props) {
  const [filter, setFilter] = useState('');
  const [chosen, choose] = useState<number | undefined>(undefined);
  const list = useRef<HTMLDivElement>(null);
  const groups = grouped(offers.filter(({ call }) => fits(call, filter.trim())));
  const flat = groups.flatMap(([, steps]) => steps);
  const at = Math.max(
    0,
    flat.findIndex(({ stimulus }) => stimulus === chosen),
  );
  const present = flat[at];

  useLayoutEffect(() => {
    if (focused) list.current?.focus();
  }, [focused]);
  useLayoutEffect(() => {
    // Not scrollIntoView(): it would also scroll the page that embeds the explorer.
    const { current } = list;
    const option = current?.querySelector<HTMLElement>('[aria-selected=true]');
    if (!current || !option) return;
    const top = option.offsetTop - current.offsetTop;
    if (top < current.scrollTop) current.scrollTop = top;
    const bottom = top + option.offsetHeight;
    if (bottom > current.scrollTop + current.clientHeight)
      current.scrollTop = bottom - current.clientHeight;
  });

  const move = (to: number) => {
    if (flat.length > 0) choose(flat[(to + flat.length) % flat.length]!.stimulus);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const typing = (event.target as HTMLElement).tagName === 'INPUT';
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Enter: () => present && onTake(present.stimulus),
      ...(typing
        ? {
            Escape: () => {
              setFilter('');
              list.current?.focus();
            },
          }
        : {
            j: () => move(at + 1),
            k: () => move(at - 1),
            Home: () => move(0),
            End: () => move(flat.length - 1),
          }),
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]!();
  };

  return (
    <nav class="calls" ref={panel} onKeyDown={onKeyDown} aria-label="Calls">
      <h2>Enabled calls ({offers.length})</h2>
      <input
        type="search"
        placeholder="filter: / then for example reg X"
        aria-label="Filter the calls"
        aria-controls="calls"
        value={filter}
        onInput={({ currentTarget }) => setFilter(currentTarget.value)}
      />
      <div
        id="calls"
        class="list"
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label="Enabled calls"
        aria-activedescendant={present && `call-${present.stimulus}`}
      >
        {groups.map(([sort, steps]) => (
          // biome-ignore lint/a11y/useSemanticElements: a listbox groups its options this way
          <div role="group" aria-label={sort} key={sort}>
            <span class="sort" aria-hidden="true">
              {sort}
            </span>
            {steps.map((step) => (
              <Offer
                key={step.stimulus}
                step={step}
                selected={step === present}
                preview={previewOf(step, last)}
                breaks={breaksOf(step, place)}
                onTake={() => {
                  choose(step.stimulus);
                  list.current?.focus();
                  onTake(step.stimulus);
                }}
              />
            ))}
          </div>
        ))}
        {flat.length === 0 && (
          <p class="none">
            {place.over
              ? 'The story is over: no later outcome has a meaning. Go back with u.'
              : offers.length === 0
                ? 'No call is enabled here.'
                : 'No call fits the filter.'}
          </p>
        )}
      </div>
    </nav>
  );
}

/** The call's return value and the owners it asks. The resulting state is shown once the call is made. */
const previewOf = (step: Step, last: Step | undefined): string => {
  const all = changedParts(step.outcome, last?.outcome ?? []);
  return changedParts(step.outcome, step.outcome).join('; ') || (all[0] ?? '');
};

interface OfferProps {
  readonly step: Step;
  readonly selected: boolean;
  readonly preview: string;
  readonly breaks: readonly string[];
  readonly onTake: () => void;
}

const Offer = ({ step, selected, preview, breaks, onTake }: OfferProps) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox handles the keys
  // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus, and names its active option
  <div
    role="option"
    id={`call-${step.stimulus}`}
    aria-selected={selected}
    class="offer"
    onClick={onTake}
  >
    <code>{step.call}</code>
    <span class={preview === '0' ? 'preview quiet' : 'preview'}>{preview}</span>
    {breaks.length > 0 && (
      <span class="bad" title={`breaks ${breaks.join(', ')}`}>
        breaks {breaks.length === 1 ? breaks[0] : `${breaks.length} rules`}
      </span>
    )}
  </div>
);
