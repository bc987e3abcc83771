import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Place, Step } from '../explored.js';
import { CallList } from './CallList.js';
import { groupsOf } from './offers.js';
import { isTyping, press } from './press.js';

interface Props {
  readonly panel: RefObject<HTMLElement | null>;
  readonly place: Place;
  readonly offers: readonly Step[];
  readonly last: Step | undefined;
  /** Whether the list has the focus at the start. */
  readonly focused: boolean;
  /** Types of calls that are listed first; others follow in the network's order. */
  readonly order: readonly string[];
  /** An example of a filter. */
  readonly example: string | undefined;
  readonly onTake: (stimulus: number) => void;
}

/** The calls that are enabled now, each with its outcome. */
export function Calls({ panel, place, offers, order, example, last, focused, onTake }: Props) {
  const [filter, setFilter] = useState('');
  const [chosen, choose] = useState<number | undefined>(undefined);
  const list = useRef<HTMLDivElement>(null);
  const groups = groupsOf(offers, order, filter);
  const flat = groups.flatMap(([, steps]) => steps);
  const at = Math.max(
    0,
    flat.findIndex(({ stimulus }) => stimulus === chosen),
  );
  const selected = flat[at];

  useLayoutEffect(() => {
    if (focused) list.current?.focus();
  }, [focused]);

  const move = (to: number) => {
    if (flat.length > 0) choose(flat[(to + flat.length) % flat.length]!.stimulus);
  };
  const leaveFilter = () => {
    setFilter('');
    list.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) =>
    press(event, {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Enter: () => selected && onTake(selected.stimulus),
      ...(isTyping(event)
        ? { Escape: leaveFilter }
        : {
            j: () => move(at + 1),
            k: () => move(at - 1),
            Home: () => move(0),
            End: () => move(flat.length - 1),
          }),
    });

  return (
    <nav class="calls" ref={panel} onKeyDown={onKeyDown} aria-label="Calls">
      <h2>Enabled calls ({offers.length})</h2>
      <input
        type="search"
        placeholder={example === undefined ? 'filter: /' : `filter: / then for example ${example}`}
        aria-label="Filter the calls"
        aria-controls="calls"
        value={filter}
        onInput={({ currentTarget }) => setFilter(currentTarget.value)}
      />
      <CallList
        list={list}
        groups={groups}
        selected={selected}
        place={place}
        last={last}
        none={
          place.over
            ? 'The story is over: later outcomes carry no information. Go back with u.'
            : place.beyond
              ? 'This page has no calls of this state: the network has too many states. Go back with u.'
              : offers.length === 0
                ? 'No call is enabled here.'
                : 'No call matches the filter.'
        }
        onTake={(stimulus) => {
          choose(stimulus);
          list.current?.focus();
          onTake(stimulus);
        }}
      />
    </nav>
  );
}
