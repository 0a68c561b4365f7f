// Both browsers are Debian's own. See CONTRIBUTING.md for how to run one test.

import { defineConfig } from '@playwright/test';

// Without the windows that nobody sees, the same browser takes two thirds of the time.
const chromium = process.env.CU_CHROMIUM ?? '/usr/bin/chromium-headless-shell';
const firefox = process.env.CU_FIREFOX ?? '/usr/bin/firefox-esr';

const soak = 'soak.spec.mjs';

/** @type {import('@playwright/test').PlaywrightTestProject['use']} */
const inChromium = {
  browserName: 'chromium',
  launchOptions: {
    executablePath: chromium,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A page of another site, which a test makes up, may frame what this machine serves.
      '--disable-features=LocalNetworkAccessChecks',
    ],
  },
};

export default defineConfig({
  testDir: 'specs',
  outputDir: 'results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['./slowest.mjs']],
  use: {
    viewport: { width: 1280, height: 800 },
    // A trace makes a test a third slower: ask for it by `--trace retain-on-failure`.
    trace: 'off',
    screenshot: 'only-on-failure',
    // Else every test would load all of the playground once more. Those that are about it allow it.
    serviceWorkers: 'block',
  },
  projects: [
    { name: 'chromium', testIgnore: soak, use: inChromium },
    {
      name: 'firefox',
      testIgnore: soak,
      // The rest is our own code, which does the same in every browser: see CONTRIBUTING.md.
      grep: /@engines/,
      use: {
        browserName: 'firefox',
        channel: 'moz-firefox',
        launchOptions: { executablePath: firefox },
      },
    },
    // It takes a core, so nothing else runs beside it. One browser is enough, and only Chromium tells how much memory
    // a page holds.
    { name: 'soak', testMatch: soak, dependencies: ['chromium', 'firefox'], use: inChromium },
  ],
});
