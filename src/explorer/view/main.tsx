import { designs, rules } from 'recwalk:catalogue';
import { options, render } from 'preact';
import { networkOf } from '../../../machines/design.js';
import { parseScope } from '../../../machines/scopes.js';
import { GIVEN, type Given, HOST } from '../given.js';
import { Walk } from '../walk.js';
import { Explorer } from './Explorer.js';
import style from './explorer.css';

// Render synchronously: each key must act on the result of the key before it, however fast they come.
options.debounceRendering = (now) => now();

const host = document.getElementById(HOST);
if (host !== null) show(host);

/** Renders the explorer of a design in its host element. A shadow root separates its style from the page's. */
function show(host: HTMLElement): void {
  const { design: name = '', scope = 'default' } = host.dataset;
  const design = designs.find((one) => one.name === name);
  if (design === undefined) {
    host.textContent = `There is no design called "${name}" here.`;
    return;
  }
  const text = document.getElementById(GIVEN)?.textContent;
  const given: Given | undefined = text ? JSON.parse(text) : undefined;
  const walk = new Walk(networkOf(design, parseScope(scope), rules));
  render(
    <>
      <style>{style}</style>
      <Explorer
        walk={walk}
        design={design}
        scope={scope}
        given={given}
        focused={host.dataset.focused !== undefined}
      />
    </>,
    host.attachShadow({ mode: 'open' }),
  );
}
