import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { NOW } from '../bench/prepare.ts'
import { freePort } from '../tools/postgres.mjs'
import { FaultProxy } from './proxy.ts'

/** What a build may be made to do wrong, so that the drill is seen to find it. */
export const NAIVE = ['cle', 'commit'] as const
export type Naive = (typeof NAIVE)[number]

export type Setting = { appUrl: string; pgPort: number; secretsDir: string; naive: Naive | null }

const MAIN = fileURLToPath(new URL('../apps/api/src/main.ts', import.meta.url))
const NAIVE_SERVER = fileURLToPath(new URL('./naive-server.ts', import.meta.url))

/** One API process between two faulty ways: its callers' and its database's. */
export class Api {
  readonly http: FaultProxy
  readonly database: FaultProxy
  readonly #setting: Setting
  readonly #port: number
  #child: ChildProcess | undefined
  #stopping = false

  private constructor(setting: Setting, port: number, http: FaultProxy, database: FaultProxy) {
    this.#setting = setting
    this.#port = port
    this.http = http
    this.database = database
  }

  static async open(setting: Setting): Promise<Api> {
    const port = await freePort()
    const api = new Api(setting, port, await FaultProxy.open(port), await FaultProxy.open(setting.pgPort))
    api.#start()
    await api.ready()
    return api
  }

  #start(): void {
    const { appUrl, secretsDir, naive } = this.#setting
    const url = new URL(appUrl)
    url.port = String(this.database.port)
    const child = spawn(process.execPath, [naive === 'cle' ? NAIVE_SERVER : MAIN], {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: url.href,
        SECRETS_DIR: secretsDir,
        PORT: String(this.#port),
        HOST: '127.0.0.1',
        CLOCK: NOW,
        DEMO: '0',
        NODE_ENV: 'development',
      },
    })
    this.#child = child
    // whatever ended it, somebody starts it again: a process manager does
    child.once('exit', () => void (this.#stopping || setTimeout(() => this.#stopping || this.#start(), 100)))
  }

  /** The process answers and reaches its database. */
  async ready(): Promise<void> {
    for (let i = 0; i < 600; i++) {
      const answer = await fetch(`http://127.0.0.1:${this.#port}/api/departements`, { signal: AbortSignal.timeout(3000) }).catch(
        () => undefined,
      )
      await answer?.body?.cancel()
      if (answer?.ok) return
      await sleep(50)
    }
    throw new Error('an API process does not come back')
  }

  kill(signal: 'SIGKILL' | 'SIGTERM'): void {
    this.#child?.kill(signal)
  }

  async close(): Promise<void> {
    this.#stopping = true
    const child = this.#child
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise<void>((ok) => child.once('exit', () => ok()))
      child.kill('SIGKILL')
      await gone
    }
    await Promise.all([this.http.close(), this.database.close()])
  }
}
