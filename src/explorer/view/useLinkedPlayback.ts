import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { type Explored, tell } from '../explored.js';
import { linked, linkTo, NOTHING, type Playback } from '../playback.js';

/** The playback of a story that the page's URL follows, with a message to the reader, and setters of both. */
export function useLinkedPlayback(walk: Explored) {
  const begun = useMemo(() => addressed(walk) ?? { telling: NOTHING, emitted: '' }, [walk]);
  const [telling, setTelling] = useState(begun.telling);
  const [emitted, setSaid] = useState(begun.emitted);
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
  return { telling, setTelling, emitted, setSaid };
}

/**
 * The story in the page's URL, up to the first call that cannot be made, and a message about that call; undefined if
 * the URL has no story.
 */
function addressed(walk: Explored): { telling: Playback; emitted: string } | undefined {
  const calls = linked(location.hash);
  if (calls === undefined) return undefined;
  const told = tell(walk, calls).map(({ stimulus }) => stimulus);
  const emitted =
    told.length < calls.length
      ? `Call ${told.length + 1} of the link is not enabled here: the story ends before it`
      : '';
  return { telling: { calls: told, at: told.length }, emitted };
}
