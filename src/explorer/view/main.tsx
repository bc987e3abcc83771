import { domain } from 'recwalk:domain';
import { options, render } from 'preact';
import type { Explored } from '../explored.js';
import { GIVEN, type Given, HOST } from '../given.js';
import { replayed } from '../recording.js';
import { Walk } from '../walk.js';
import { Explorer } from './Explorer.js';
import style from './explorer.css';

// Render synchronously: each key must act on the result of the key before it, however fast they come.
options.debounceRendering = (now) => now();

const host = document.getElementById(HOST);
if (host !== null) show(host);

/** Renders the explorer of a design in its host element. A shadow root separates its style from the page's. */
function show(host: HTMLElement): void {
  const { design = '', scope } = host.dataset;
  const text = document.getElementById(GIVEN)?.textContent;
  const given: Given | undefined = text ? JSON.parse(text) : undefined;
  const walk = given?.recording ? replayed(given.recording) : live(design, scope);
  if (walk === undefined) {
    host.textContent = `There is no design called "${design}" here.`;
    return;
  }
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

/** A design whose machines are in this page. */
function live(name: string, scope = 'default'): Explored | undefined {
  const { designs, rules, scopes = {}, display } = domain;
  const design = designs.find((one) => one.name === name);
  if (design === undefined) return undefined;
  const value = Object.hasOwn(scopes, scope) ? scopes[scope] : domain.parseScope?.(scope);
  return new Walk(domain.network(design, value, rules), display);
}
