import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { type Explored, stepsOf } from '../explored.js';
import { linked, linkTo, NOTHING, type Playback } from '../playback.js';

/** The playback of a story that the page's URL follows, with a message to the reader, and setters of both. */
export function useLinkedPlayback(walk: Explored) {
  const initial = useMemo(() => addressed(walk) ?? { playback: NOTHING, notice: '' }, [walk]);
  const [playback, setPlayback] = useState(initial.playback);
  const [notice, setNotice] = useState(initial.notice);
  useLayoutEffect(() => {
    // Before any call the URL stays that of the page itself.
    if (playback.at > 0 || linked(location.hash) !== undefined)
      history.replaceState(null, '', linkTo(playback));
  }, [playback]);
  useEffect(() => {
    const restore = () => {
      const restored = addressed(walk);
      if (restored === undefined) return;
      setPlayback(restored.playback);
      setNotice(restored.notice);
    };
    addEventListener('hashchange', restore);
    return () => removeEventListener('hashchange', restore);
  }, [walk]);
  return { playback, setPlayback, notice, setNotice };
}

/**
 * The story in the page's URL, up to the first call that cannot be made, and a message about that call; undefined if
 * the URL has no story.
 */
function addressed(walk: Explored): { playback: Playback; notice: string } | undefined {
  const calls = linked(location.hash);
  if (calls === undefined) return undefined;
  const enabled = stepsOf(walk, calls).map(({ stimulus }) => stimulus);
  const notice =
    enabled.length < calls.length
      ? `Call ${enabled.length + 1} of the link is not enabled here: the story ends before it`
      : '';
  return { playback: { calls: enabled, at: enabled.length }, notice };
}
