import { changedParts } from '../../paths/changedParts.js';
import type { Step } from '../explored.js';

interface Props {
  readonly step: Step;
  /** The last call; undefined before any call. */
  readonly last: Step | undefined;
  readonly selected: boolean;
  /** Ids of the rules that the call breaks. */
  readonly breaks: readonly string[];
  readonly onTake: () => void;
}

/** An enabled call, as an option of the list. */
export function Offer({ step, last, selected, breaks, onTake }: Props) {
  const preview = previewOf(step, last);
  return (
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
}

/** The call's return value and the owners it asks. The resulting state is shown once the call is made. */
const previewOf = (step: Step, last: Step | undefined): string => {
  const all = changedParts(step.outcome, last?.outcome ?? []);
  return changedParts(step.outcome, step.outcome).join('; ') || (all[0] ?? '');
};
