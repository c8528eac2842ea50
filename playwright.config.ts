import { defineConfig } from '@playwright/test'
import { machineChromium } from './tools/chromium.mjs'
import { E2E } from './tools/test-files.mjs'

const executablePath = machineChromium()
const port = Number(process.env.E2E_PORT ?? 3199)
const CARNET = '**/life-of-a-carnet.e2e.ts'
const PAYMENT = '**/life-of-a-payment.e2e.ts'
const EXPIRY = '**/end-of-a-lot.e2e.ts'
const LAST = [CARNET, PAYMENT, EXPIRY]
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic']

export default defineConfig({
  testDir: E2E.folder,
  testMatch: E2E.match,
  outputDir: 'test-results',
  workers: 2,
  timeout: 90_000,
  retries: process.env.CI ? 1 : 0, // a shared machine may stall; whoever passes at the second try is named at the end of `npm test`
  reporter: 'list',
  forbidOnly: Boolean(process.env.CI),
  expect: { timeout: 15_000 }, // a page opened for the first time on a busy machine takes its time
  use: {
    baseURL: `http://localhost:${port}`, // the session's cookie is Secure: only localhost is trusted without TLS
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    actionTimeout: 20_000,
    trace: 'on-first-retry', // recording every test costs a third of its time
    launchOptions: {
      ...(executablePath !== undefined && { executablePath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...quiet],
    },
  },
  projects: [
    { name: 'desktop', testIgnore: LAST, use: { viewport: { width: 1280, height: 800 } } },
    { name: 'mobile', testIgnore: LAST, grep: /@phone/, use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } },
    // they move the clock of the server that all of them share: one after the other
    { name: 'journey', testMatch: CARNET, dependencies: ['desktop', 'mobile'], use: { viewport: { width: 1280, height: 800 } } },
    { name: 'payment', testMatch: PAYMENT, dependencies: ['journey'], use: { viewport: { width: 1280, height: 800 } } },
    { name: 'expiry', testMatch: EXPIRY, dependencies: ['payment'], use: { viewport: { width: 1280, height: 800 } } },
  ],
  webServer: {
    command: `"${process.execPath}" tools/e2e-server.mjs`,
    url: `http://localhost:${port}/api/openapi.json`,
    reuseExistingServer: false,
    timeout: 90_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    env: { E2E_PORT: String(port) },
  },
})
