import { designs, rules } from 'recwalk:catalogue';
import { options, render } from 'preact';
import { networkOf } from '../../../machines/design.js';
import { parseScope } from '../../../machines/scopes.js';
import { GIVEN, type Given, HOST } from '../given.js';
import { Walk } from '../walk.js';
import { Explorer } from './Explorer.js';
import style from './explorer.css';

// A key must find what the one before it did, however fast it comes.
options.debounceRendering = (now) => now();

const host = document.getElementById(HOST);
if (host !== null) show(host);

/** Shows the explorer of a design in its element; a shadow keeps its look and the page's apart. */
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
