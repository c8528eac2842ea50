// Locks held by a living process: a crash, a reboot or a reused process number leaves none behind.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Tells a process from a later one with the same number (Linux); elsewhere the number alone. @param {number} pid */
function birth(pid) {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19]}`
  } catch {
    return ''
  }
}
/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** @param {string} file @returns {{ pid: number, what: string } | undefined} who holds the lock now */
export function holder(file) {
  try {
    const { pid, born, what } = JSON.parse(readFileSync(file, 'utf8'))
    return isAlive(pid) && birth(pid) === born ? { pid, what } : undefined
  } catch {
    return undefined
  }
}

/**
 * Takes the lock, or tells who holds it.
 * @param {string} file @param {string} what the task, shown to whoever meets the lock
 * @returns {{ release: () => void } | { heldBy: { pid: number, what: string } }}
 */
export function take(file, what) {
  mkdirSync(dirname(file), { recursive: true })
  const mine = JSON.stringify({ pid: process.pid, born: birth(process.pid), what })
  for (let i = 0; i < 2; i++) {
    try {
      writeFileSync(file, mine, { flag: 'wx' })
      return { release: () => readFileSync(file, 'utf8') === mine && rmSync(file) }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const heldBy = holder(file)
      if (heldBy) return { heldBy }
      rmSync(file, { force: true }) // its holder is gone
    }
  }
  return { heldBy: holder(file) ?? { pid: 0, what: '' } }
}

/** Runs `work` alone among the processes that use the same file. @template T @param {string} file @param {() => Promise<T>} work */
export async function alone(file, work) {
  for (let i = 0; ; i++) {
    const lock = take(file, 'alone')
    if ('release' in lock) {
      try {
        return await work()
      } finally {
        lock.release()
      }
    }
    if (i > 1200) throw new Error(`${file} is held by process ${lock.heldBy.pid}`)
    await sleep(100)
  }
}

/** Living processes that said in this folder that they use something. @param {string} folder */
export function users(folder) {
  mkdirSync(folder, { recursive: true })
  return readdirSync(folder).flatMap((name) => {
    const user = holder(join(folder, name))
    if (!user) rmSync(join(folder, name), { force: true })
    return user ? [user.pid] : []
  })
}
