import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Design } from '../../../machines/design.js';
import type { World } from '../../../machines/world.js';
import { number } from '../../model/formatNumber.js';
import type { Given } from '../given.js';
import { pictureOf } from '../picture.js';
import { goTo, linked, linkTo, NOTHING, type Playback, take, tells } from '../playback.js';
import { ruleStatuses } from '../ruleStatus.js';
import { stateView } from '../stateView.js';
import type { Walk } from '../walk.js';
import { Calls } from './Calls.js';
import { type Example, examplesOf } from './examples.js';
import { Help } from './Help.js';
import { PictureOf } from './Picture.js';
import { Playing } from './Playing.js';
import { Present } from './Present.js';
import { Rules } from './Rules.js';
import { Story } from './Story.js';

interface Props {
  readonly walk: Walk<World>;
  readonly design: Design;
  readonly scope: string;
  readonly given: Given | undefined;
  readonly focused: boolean;
}

/**
 * The story in the page's URL, up to the first call that cannot be made, and a message about that call; undefined if
 * the URL has no story.
 */
function addressed(walk: Walk<World>): { telling: Playback; emitted: string } | undefined {
  const calls = linked(location.hash);
  if (calls === undefined) return undefined;
  const told = walk.tell(calls).map(({ stimulus }) => stimulus);
  const emitted =
    told.length < calls.length
      ? `Call ${told.length + 1} of the link is not enabled here: the story ends before it`
      : '';
  return { telling: { calls: told, at: told.length }, emitted };
}

/** Steps through a design: shows the enabled calls, the present state, the story so far and the rules. */
export function Explorer({ walk, design, scope, given, focused }: Props) {
  const begun = useMemo(() => addressed(walk) ?? { telling: NOTHING, emitted: '' }, [walk]);
  const [telling, setTelling] = useState(begun.telling);
  const [emitted, setSaid] = useState(begun.emitted);
  const [chosen, choose] = useState<Example | undefined>(undefined);
  const calls = useRef<HTMLElement>(null);
  const help = useRef<HTMLDialogElement>(null);
  const told = useMemo(() => walk.tell(telling.calls), [walk, telling.calls]);
  const steps = told.slice(0, telling.at);
  const place = steps.at(-1)?.after ?? walk.first;
  const before = steps.at(-2)?.after ?? walk.first;
  const offers = walk.offers(place);
  const picture = useMemo(() => pictureOf(walk), [walk]);
  const examples = useMemo(() => examplesOf(given), [given]);
  // One story may break several rules: prefer the chosen one.
  const example = [...(chosen ? [chosen] : []), ...examples].find((one) =>
    tells(telling, one.calls),
  );

  useLayoutEffect(() => {
    // Before any call the URL stays that of the page itself.
    if (telling.at > 0 || linked(location.hash) !== undefined)
      history.replaceState(null, '', linkTo(telling));
  }, [telling]);
  useEffect(() => {
    const restore = () => {
      const there = addressed(walk);
      if (there === undefined) return;
      setTelling(there.telling);
      setSaid(there.emitted);
    };
    addEventListener('hashchange', restore);
    return () => removeEventListener('hashchange', restore);
  }, [walk]);

  const go = (at: number) => setTelling((now) => goTo(now, at));
  const copy = async (what: string, text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(`${what} copied`);
    } catch {
      setSaid(`${what} cannot be copied here: the browser does not let this page`);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const typing = (event.target as HTMLElement).tagName === 'INPUT';
    if (typing || help.current?.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys: Readonly<Record<string, () => void>> = {
      Backspace: () => go(telling.at - 1),
      u: () => go(telling.at - 1),
      n: () => go(telling.at + 1),
      e: () => go(telling.calls.length),
      b: () => go(0),
      '/': () => calls.current?.querySelector('input')?.focus(),
      '?': () => help.current?.showModal(),
    };
    if (!Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]!();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys are handled wherever the focus is inside
    <div class="explorer" onKeyDown={onKeyDown} tabIndex={-1}>
      <header>
        <h1>{design.name}</h1>
        <p>
          {design.description}. Scope {scope}
          {given === undefined ? '.' : `: ${walkedText(given)}.`}
        </p>
        <button type="button" onClick={() => help.current?.showModal()}>
          Keys <kbd>?</kbd>
        </button>
      </header>
      <Calls
        panel={calls}
        place={place}
        offers={offers}
        last={steps.at(-1)}
        focused={focused}
        onTake={(stimulus) => setTelling((now) => take(now, stimulus))}
      />
      <main>
        <Playing telling={telling} example={example} onGo={go} />
        <Present
          now={stateView(walk.world(place))}
          was={stateView(walk.world(steps.length > 0 ? before : place))}
        />
        <Story
          design={design.name}
          scope={scope}
          first={walk.first}
          told={told}
          at={telling.at}
          example={example}
          onGo={go}
          onCopy={copy}
        />
        <PictureOf picture={picture} place={place} steps={steps} onGo={setTelling} />
      </main>
      <Rules
        standings={ruleStatuses(walk, steps, given)}
        example={example}
        at={telling.at}
        examples={examples}
        onPlay={(one) => {
          choose(one);
          setTelling({ calls: one.calls, at: 0 });
        }}
      />
      <p class="said" role="status">
        {emitted}
      </p>
      <Help dialog={help} legend={walk.network.glossary} />
    </div>
  );
}

const walkedText = ({ walked }: Given): string =>
  `${walked.complete ? 'every path walked' : `the walk was stopped (${walked.stopped})`}, ${number(walked.states)} states, ${number(walked.transitions)} transitions`;
