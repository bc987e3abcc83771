import { GIVEN, type Given, HOST } from './given.js';

/** `script` is the text of dist/explorer.js. */
interface Parts {
  readonly given: Given;
  readonly script: string;
}

/**
 * The explorer as a part of any page: a host element, its data, and its script. At most one per page. It handles keys
 * while the focus is in it; with `focused` it takes the focus at the start.
 */
export const explorerIn = ({ given, script }: Parts, focused = false): string =>
  [
    `<div id="${HOST}" data-design="${attribute(given.design)}"${given.scope === undefined ? '' : ` data-scope="${attribute(given.scope)}"`}${focused ? ' data-focused' : ''}></div>`,
    `<script type="application/json" id="${GIVEN}">${JSON.stringify(given).replaceAll('<', '\\u003c')}</script>`,
    `<script>${script.replaceAll(/<(?=\/script|!--)/gi, '\\x3c')}</script>`,
    '',
  ].join('\n');

/** A whole page, which loads no other resource. */
export const page = (parts: Parts): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">`,
    '<link rel="icon" href="data:,">',
    `<title>${attribute(parts.given.design)}: recwalk explore</title>`,
    '<style>body { margin: 0 }</style>',
    '</head>',
    '<body>',
    '<noscript>This page steps through the design by running its machines: it needs JavaScript.</noscript>',
    explorerIn(parts, true),
    '</body>',
    '</html>',
    '',
  ].join('\n');

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
