import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Place, Step } from '../explored.js';
import { breaksOf } from '../ruleStatus.js';
import { Offer } from './Offer.js';
import type { Group } from './offers.js';

interface Props {
  readonly list: RefObject<HTMLDivElement | null>;
  readonly groups: readonly Group[];
  readonly selected: Step | undefined;
  readonly place: Place;
  readonly last: Step | undefined;
  /** Shown if there are no groups. */
  readonly none: string;
  readonly onTake: (stimulus: number) => void;
}

/** A list box of calls, by type; the selected one is always in view. */
export function CallList({ list, groups, selected, place, last, none, onTake }: Props) {
  useLayoutEffect(() => showSelected(list.current));
  return (
    <div
      id="calls"
      class="list"
      ref={list}
      role="listbox"
      tabIndex={0}
      aria-label="Enabled calls"
      aria-activedescendant={selected && `call-${selected.stimulus}`}
    >
      {groups.map(([type, steps]) => (
        // biome-ignore lint/a11y/useSemanticElements: a listbox groups its options this way
        <div role="group" aria-label={type} key={type}>
          <span class="sort" aria-hidden="true">
            {type}
          </span>
          {steps.map((step) => (
            <Offer
              key={step.stimulus}
              step={step}
              last={last}
              selected={step === selected}
              breaks={breaksOf(step, place)}
              onTake={() => onTake(step.stimulus)}
            />
          ))}
        </div>
      ))}
      {groups.length === 0 && <p class="none">{none}</p>}
    </div>
  );
}

/** Scrolls the list to its selected option. Not scrollIntoView(): it would also scroll the page around the explorer. */
function showSelected(list: HTMLElement | null): void {
  const option = list?.querySelector<HTMLElement>('[aria-selected=true]');
  if (!list || !option) return;
  const top = option.offsetTop - list.offsetTop;
  if (top < list.scrollTop) list.scrollTop = top;
  const bottom = top + option.offsetHeight;
  if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
}
