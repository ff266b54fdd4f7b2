import { defineConfig, devices } from '@playwright/test'
import type { Options } from './e2e/fixtures/test.ts'

const chromium = {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  // Containers run the browser as root, and nothing in it has a reason to reach the internet.
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
}

const mailUrl = process.env.MAIL_URL ?? ''
const stackFolder = process.env.STACK_FOLDER ?? ''

export default defineConfig<Options>({
  testDir: 'e2e/journeys',
  // Some read mails, which only a stack with a mail catcher has; some need an operator, whose commands are in its folder.
  testIgnore: [
    ...(mailUrl ? [] : [/(account-address|password-reset|verify)\.spec\.ts/]),
    ...(stackFolder ? [] : [/admin[^/]*\.spec\.ts/]),
  ],
  outputDir: process.env.E2E_OUTPUT ?? 'test-results',
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  workers: 2,
  // Some journeys look at a dozen pages, and machines are busy; no promise is about time.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    mailUrl,
    stackFolder,
    pictureFolder: process.env.PICTURE_FOLDER ?? '',
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:3000',
    ignoreHTTPSErrors: process.env.IGNORE_HTTPS_ERRORS === '1',
    locale: 'en-US',
    trace: 'retain-on-failure',
    launchOptions: chromium,
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'] } },
    {
      name: 'phone',
      use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } },
      // Where the layout or touch could make a difference.
      testMatch:
        /(conflict|dead-connection|documents[\w-]*|first-\w+|narrow-screen|preview|two-windows|unsaved-text|account-\w+|media-\w+|accessibility[\w-]*|billing|admin)\.spec\.ts/,
    },
  ],
})
