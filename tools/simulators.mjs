// What stands in for ProConnect and for the mail server, in the demonstration and in the browser tests: one process, on free
// ports. A service that the environment names (PROCONNECT_ISSUER, SMTP_URL) is used instead; production has these alone.
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { at, isStopping, launch, shutdown, Stop } from './common.mjs'
import { freePort } from './postgres.mjs'

const PROCONNECT = ['PROCONNECT_ISSUER', 'PROCONNECT_CLIENT_ID', 'PROCONNECT_CLIENT_SECRET']

/** True where the simulators have a place: a demonstration. */
export const isDemo = () => process.env.NODE_ENV !== 'production' && process.env.DEMO !== '0'

const answers = (/** @type {number} */ port) =>
  new Promise((ok) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 })
    for (const [event, answer] of /** @type {const} */ ([
      ['connect', true],
      ['error', false],
      ['timeout', false],
    ]))
      socket.once(event, () => (socket.destroy(), ok(answer)))
  })
const untilAnswers = async (/** @type {number} */ port) => {
  for (let turn = 0; turn < 200 && !isStopping(); turn++) {
    if (await answers(port)) return
    await sleep(50)
  }
  if (!isStopping()) throw new Stop('Le simulateur de ProConnect et du courriel ne répond pas\u00a0: lisez son message ci-dessus.')
}

/**
 * Starts what is missing and gives the settings of server and worker.
 * @param {{ publicUrl: string, agents?: 'base' | 'demo', mails: string, fresh?: boolean }} options `mails`: folder of the inbox; `fresh` empties it
 * @returns {Promise<Record<string, string>>}
 */
export async function startSimulators({ publicUrl, agents = 'demo', mails, fresh = false }) {
  const settings = { PUBLIC_URL: publicUrl }
  if (!isDemo()) return process.env.PUBLIC_URL ? settings : {}
  const ports = {
    proconnect: PROCONNECT.some((name) => process.env[name]) ? 0 : await freePort(),
    smtp: process.env.SMTP_URL ? 0 : await freePort(),
  }
  if (!ports.proconnect && !ports.smtp) return settings
  if (fresh) rmSync(mails, { recursive: true, force: true })
  if (ports.smtp) mkdirSync(mails, { recursive: true, mode: 0o700 })
  const client = { PROCONNECT_CLIENT_ID: 'pass-numerique', PROCONNECT_CLIENT_SECRET: randomBytes(24).toString('base64url') }
  const env = {
    ...settings,
    ...(ports.proconnect && { ...client, SIMULATEUR_PROCONNECT_PORT: String(ports.proconnect), SIMULATEUR_AGENTS: agents }),
    ...(ports.smtp && { SIMULATEUR_SMTP_PORT: String(ports.smtp), COURRIELS_DIR: mails }),
  }
  launch(process.execPath, ['--import', at('tools/follow-parent.mjs'), at('apps/simulateurs/src/main.ts')], {
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  }).once('exit', (code, signal) => {
    if (isStopping()) return
    console.error(`Le simulateur de ProConnect et du courriel s’est arrêté (${signal ?? code})\u00a0: lisez son message ci-dessus.`)
    void shutdown(1)
  })
  for (const port of Object.values(ports)) if (port) await untilAnswers(port)
  return {
    ...settings,
    ...(ports.proconnect && { ...client, PROCONNECT_ISSUER: `http://127.0.0.1:${ports.proconnect}` }),
    ...(ports.smtp && { SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`, COURRIELS_DIR: mails }),
  }
}
