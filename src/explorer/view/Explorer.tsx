import { useMemo, useRef, useState } from 'preact/hooks';
import { type Explored, stepsOf } from '../explored.js';
import type { Given } from '../given.js';
import { pictureOf } from '../picture.js';
import { goTo, isStoryOf, take } from '../playback.js';
import { ruleStatuses } from '../ruleStatus.js';
import { Calls } from './Calls.js';
import { Charts } from './Charts.js';
import { type Example, examplesOf } from './examples.js';
import { Help } from './Help.js';
import { PictureOf } from './Picture.js';
import { Playing } from './Playing.js';
import { Present } from './Present.js';
import { isTyping, press } from './press.js';
import { Rules } from './Rules.js';
import { Story } from './Story.js';
import { Title } from './Title.js';
import { useLinkedPlayback } from './useLinkedPlayback.js';

interface Props {
  readonly walk: Explored;
  readonly design: string;
  readonly scope: string | undefined;
  readonly given: Given | undefined;
  readonly focused: boolean;
}

/** Steps through a design: shows the enabled calls, the present state, the story so far and the rules. */
export function Explorer({ walk, design, scope, given, focused }: Props) {
  const { playback, setPlayback, notice, setNotice } = useLinkedPlayback(walk);
  const [chosen, choose] = useState<Example | undefined>(undefined);
  const calls = useRef<HTMLElement>(null);
  const help = useRef<HTMLDialogElement>(null);
  const story = useMemo(() => stepsOf(walk, playback.calls), [walk, playback.calls]);
  const steps = story.slice(0, playback.at);
  const place = steps.at(-1)?.after ?? walk.first;
  const before = steps.at(-2)?.after ?? walk.first;
  const offers = walk.offers(place);
  const picture = useMemo(() => pictureOf(walk), [walk]);
  const examples = useMemo(() => examplesOf(given), [given]);
  // One story may break several rules: prefer the chosen one.
  const example = [...(chosen ? [chosen] : []), ...examples].find((one) =>
    isStoryOf(playback, one.calls),
  );

  const go = (at: number) => setPlayback((now) => goTo(now, at));
  const onHelp = () => help.current?.showModal();
  const onKeyDown = (event: KeyboardEvent) => {
    if (isTyping(event) || help.current?.open) return;
    press(event, {
      Backspace: () => go(playback.at - 1),
      u: () => go(playback.at - 1),
      n: () => go(playback.at + 1),
      e: () => go(playback.calls.length),
      b: () => go(0),
      '/': () => calls.current?.querySelector('input')?.focus(),
      '?': onHelp,
    });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys are handled wherever the focus is inside
    <div class="explorer" onKeyDown={onKeyDown} tabIndex={-1}>
      <Title
        design={design}
        description={walk.shown.description}
        scope={scope}
        given={given}
        onHelp={onHelp}
      />
      <Calls
        panel={calls}
        place={place}
        offers={offers}
        order={walk.shown.order ?? []}
        example={walk.shown.filter}
        last={steps.at(-1)}
        focused={focused}
        onTake={(stimulus) => setPlayback((now) => take(now, stimulus))}
      />
      <main>
        <Playing playback={playback} example={example} onGo={go} />
        <Present now={walk.view(place)} was={walk.view(steps.length > 0 ? before : place)} />
        <Story
          design={design}
          scope={scope}
          first={walk.first}
          story={story}
          at={playback.at}
          example={example}
          onGo={go}
          onCopy={async (what, text) => setNotice(await copy(what, text))}
        />
        <Charts charts={given?.recording?.charts ?? []} view={walk.view(place)} />
        <PictureOf picture={picture} place={place} steps={steps} onGo={setPlayback} />
      </main>
      <Rules
        standings={ruleStatuses(walk, steps, given)}
        example={example}
        at={playback.at}
        examples={examples}
        onPlay={(one) => {
          choose(one);
          setPlayback({ calls: one.calls, at: 0 });
        }}
      />
      <p class="notice" role="status">
        {notice}
      </p>
      <Help dialog={help} shown={walk.shown} isLive={given?.recording === undefined} />
    </div>
  );
}

/** Copies a text, and returns a message about that. */
async function copy(what: string, text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return `${what} copied`;
  } catch {
    return `${what} cannot be copied here: the browser does not permit it`;
  }
}
