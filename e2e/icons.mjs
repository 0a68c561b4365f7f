// Draws the icons of the installed playground from public/icons/icon.svg: run `node icons.mjs` when that has changed.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';

import config from './playwright.config.mjs';

const folder = fileURLToPath(new URL('../public/icons/', import.meta.url));
const svg = await readFile(`${folder}icon.svg`, 'utf8');
// Systems cut a maskable icon to their shape: its colour goes to the edge, and what must be seen is within a circle.
const maskable = svg.replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"').replace(/<rect [^>]*(fill="[^"]*")\/>/, '<rect x="-4" y="-4" width="40" height="40" $1/>');

const { launchOptions } = config.projects.find((project) => project.name === 'chromium').use;
const browser = await chromium.launch(launchOptions);
const page = await browser.newPage();
for (const { name, source, size } of [
  { name: 'icon-192', source: svg, size: 192 },
  { name: 'icon-512', source: svg, size: 512 },
  { name: 'maskable-512', source: maskable, size: 512 },
]) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0; } svg { display: block; width: 100vw; height: 100vh; }</style>${source}`);
  await page.screenshot({ path: `${folder}${name}.png`, omitBackground: true });
}
await browser.close();
