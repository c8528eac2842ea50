// What every task shares: the root, one-sentence failures, children that never outlive us. Node's own modules only.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { platform } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
/** @param {...string} parts */
export const at = (...parts) => join(root, ...parts)

const t0 = performance.now()
/** @param {string} text */
export const say = (text) => console.error(`[${((performance.now() - t0) / 1000).toFixed(1)} s] ${text}`)

/** A failure whose message is one French sentence that says what to do; nothing else is shown. */
export class Stop extends Error {}

/** @type {(() => unknown)[]} */
const cleanups = []
/** Registers what `shutdown` undoes, last registered first. @param {() => unknown} work */
export const onStop = (work) => void cleanups.push(work)

let stopping = false
/** Ends all that was started, then the process. @param {number} code @returns {Promise<never>} */
export async function shutdown(code) {
  if (stopping) await new Promise(() => {}) // the first call ends the process
  stopping = true
  for (const work of cleanups.toReversed()) {
    try {
      await work()
    } catch (error) {
      console.error(error)
    }
  }
  return process.exit(code)
}
export const isStopping = () => stopping

/** @param {number} pid */
const parentOf = (pid) => {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  } catch {
    return -1
  }
}

/**
 * Calls `stop` at a signal, or when the process that started us is gone: npm passes no SIGTERM on, and may have left
 * a shell between itself and us, so the parent's parent is watched too.
 * @param {(signal: NodeJS.Signals) => unknown} stop
 */
export function untilStopped(stop) {
  const parent = process.ppid
  const grandparent = parentOf(parent)
  const watch = setInterval(() => {
    if (process.ppid !== parent || (process.env.npm_lifecycle_event && parentOf(parent) !== grandparent)) ended('SIGTERM')
  }, 500)
  watch.unref()
  const ended = (/** @type {NodeJS.Signals} */ signal) => {
    clearInterval(watch)
    stop(signal)
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, ended)
}

const exited = (/** @type {import('node:child_process').ChildProcess} */ child) => child.exitCode !== null || child.signalCode !== null

/** Asks a child to stop, and kills it when it has not after `patience` ms. */
async function stopChild(/** @type {import('node:child_process').ChildProcess} */ child, /** @type {number} */ patience) {
  if (exited(child) || !child.pid) return
  const gone = new Promise((ok) => child.once('exit', ok))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  await gone
  clearTimeout(timer)
}

/**
 * Starts a program that `shutdown` ends. In a group of its own, so that a Ctrl-C reaches it once, from us, in our order.
 * @param {string} command @param {string[]} args @param {import('node:child_process').SpawnOptions} [options]
 * @param {number} [patience] ms left to it to stop by itself
 */
export function launch(command, args, options = {}, patience = 8000) {
  const child = spawn(command, args, { cwd: root, detached: platform() !== 'win32', ...options })
  onStop(() => stopChild(child, patience))
  return child
}

/**
 * Runs a Node.js program to its end and gives what it printed; `show` lets it print instead.
 * @param {string} file @param {string[]} [args] @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function node(file, args = [], { cwd = root, env = {}, show = false } = {}) {
  return program(process.execPath, [file, ...args], { cwd, env, show })
}

/**
 * @param {string} command @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, timeout?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function program(command, args, { cwd = root, env = {}, show = false, timeout } = {}) {
  return new Promise((ok, ko) => {
    const child = launch(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      shell: platform() === 'win32' && command === 'npx',
      ...(timeout && { timeout }),
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text))
    child.once('error', ko)
    child.once('close', (code) => ok({ code: code ?? 1, output }))
  })
}

/** Fails with one sentence when the disk that holds the project has less than `megabytes` left. */
export function needSpace(/** @type {number} */ megabytes) {
  const { bavail, bsize } = statfsSync(root)
  if (bavail * bsize < megabytes * 1e6)
    throw new Stop(`Il reste trop peu de place sur le disque\u00a0: libérez au moins ${megabytes} Mo, puis relancez la commande.`)
}

/** The sentence for a fault of the machine that can be named, else undefined. @param {unknown} error */
export function explain(error) {
  const text = error instanceof Error ? `${'code' in error ? String(error.code) : ''} ${error.message}` : String(error)
  if (/ENOSPC|No space left|could not extend file/i.test(text))
    return 'Le disque est plein\u00a0: libérez de la place, puis relancez la commande.'
  if (/EACCES|EPERM|EROFS|Permission denied/i.test(text))
    return `Le dossier du projet n’est pas accessible en écriture (${root})\u00a0: corrigez ses droits, puis relancez la commande.`
  return undefined
}

/** @param {string} file */
export const exists = (file) => existsSync(at(file))

/** How the worker runs: its jobs go through more data than they keep, and what dies young must not be let to pile up. */
export const WORKER_FLAGS = ['--max-semi-space-size=8']
