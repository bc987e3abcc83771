/** Runs the action of the pressed key; ignores keys without an action, and keys with a modifier. */
export function press(event: KeyboardEvent, actions: Readonly<Record<string, () => void>>): void {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey || !Object.hasOwn(actions, key)) return;
  event.preventDefault();
  actions[key]!();
}

/** Whether the key goes into a text field. */
export const isTyping = ({ target }: KeyboardEvent): boolean =>
  (target as HTMLElement).tagName === 'INPUT';
