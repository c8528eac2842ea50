import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../tools/postgres.mjs'
import { NOW } from './prepare.ts'
import type { Setting } from './setting.ts'

export type Server = { port: number; pid: number; stop: () => Promise<void> }

const answers = (port: number) =>
  fetch(`http://127.0.0.1:${port}/api/openapi.json`).then(
    (answer) => answer.ok,
    () => false,
  )

/** The real server, a process of its own that listens on the loopback. */
export const startServer = async ({ env, appUrl, secretsDir }: Setting): Promise<Server> => {
  const port = await freePort()
  const child = spawn(process.execPath, [fileURLToPath(new URL('../apps/api/src/main.ts', import.meta.url))], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...env,
      DATABASE_URL: appUrl,
      SECRETS_DIR: secretsDir,
      PORT: String(port),
      HOST: '127.0.0.1',
      CLOCK: NOW,
      DEMO: '0',
      NODE_ENV: 'development',
    },
  })
  const gone = new Promise<void>((ok) => child.once('exit', () => ok()))
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
  }
  for (let i = 0; i < 200; i++) {
    if (child.exitCode !== null) throw new Error('the server did not start')
    if (await answers(port)) return { port, pid: child.pid!, stop }
    await sleep(100)
  }
  await stop()
  throw new Error('the server does not answer')
}

/** CPU seconds of a process so far, where the system tells it. */
export const cpuOf = (pid: number): number | null => {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return null
  }
}
