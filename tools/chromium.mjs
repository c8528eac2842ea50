// A Chromium for the browser tests and the pictures: the machine's, else Playwright's own download, else the distribution's package.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { platform } from 'node:os'
import { at, program, say, Stop } from './common.mjs'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']
const runs = (/** @type {string} */ file) => existsSync(file) && spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0

/** Path of a Chromium of the machine, by CHROMIUM or at its usual place; undefined leaves Playwright its own. @returns {string | undefined} */
export const machineChromium = () => process.env.CHROMIUM ?? PLACES.find((file) => existsSync(file))

const playwrights = async () => {
  const { chromium } = await import('@playwright/test')
  return chromium.executablePath()
}

/** Makes sure that a Chromium runs and names it in CHROMIUM; brings one where it is missing. */
export async function needChromium() {
  const found = [process.env.CHROMIUM, await playwrights(), ...PLACES].find((file) => file && runs(file))
  if (found) return void (process.env.CHROMIUM = found)
  say('téléchargement de Chromium')
  await program(process.execPath, [at('node_modules/@playwright/test/cli.js'), 'install', 'chromium'], { timeout: 300_000 }).catch(
    () => undefined,
  )
  const own = await playwrights()
  if (runs(own)) return void (process.env.CHROMIUM = own)
  if (platform() === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('installation du paquet chromium de la distribution')
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await program('apt-get', ['update', '-qq'], { env })
    await program('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], { env })
    const packaged = PLACES.find(runs)
    if (packaged) return void (process.env.CHROMIUM = packaged)
  }
  throw new Stop(
    'Les tests de navigateur ont besoin de Chromium\u00a0: installez le paquet chromium, ou nommez un exécutable dans la variable CHROMIUM, puis relancez la commande.',
  )
}
