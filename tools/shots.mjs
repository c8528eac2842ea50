// `npm run shots`: every screen of every role, at 1280 and 390 px, and a contact sheet. The demonstration is made anew in a
// cluster of its own; screens are found by following the links of each app, one picture for each kind of address.
// `npm run shots -- --guide` takes the pictures of docs/guide.md only.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { at, launch, say, shutdown } from './common.mjs'
import { machineChromium } from './chromium.mjs'
import { guideImages } from './guide-images.mjs'
import { freePort } from './postgres.mjs'
import { startSimulators } from './simulators.mjs'
import { throwaway } from './throwaway.mjs'

/** Who looks at which app: the first demonstration person of the role. */
const VISITS = /** @type {const} */ ([
  ['public', '/', null],
  ['collectivite', '/collectivite/', 'collectivite.administrateur'],
  ['prescripteur', '/prescripteur/', 'prescripteur.agent'],
  ['mediateur', '/mediateur/', 'structure.mediateur'],
  ['structure', '/mediateur/', 'structure.responsable'],
  ['operateur', '/operateur/', 'operateur.gestionnaire'],
  ['finance', '/operateur/', 'operateur.finance_preparateur'],
  ['anct', '/anct/', 'anct.pilote'],
  ['financeur', '/partenaire/', 'financeur.lecteur'],
  ['compte', '/compte/', 'collectivite.administrateur'],
  ['compte-operateur', '/compte/', 'operateur.gestionnaire'],
  ['compte-assistance', '/compte/', 'operateur.support'],
])
const SIZES = /** @type {const} */ ([
  [1280, 800],
  [390, 844],
])
/** Pages of the public app that open from a mail, from ProConnect or from a shared desk: no page links to them. */
const UNLINKED = [
  '/connexion/refus?motif=siret_inconnu&siret=21230250900014',
  `/connexion/lien#${'A'.repeat(43)}`,
  '/connexion/guichet',
  '/recuperation',
  '/invitation',
  '/boite-aux-lettres',
]
const MOST = 60
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const folder = at('shots')

/** Two addresses of one kind give one picture: ids, numbers and filters do not count. @param {string} href */
const kindOf = (href) =>
  new URL(href, 'http://x').pathname
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
    .replace(/\/\d+(?=\/|$)/g, '/n')
    .replace(/\/$/, '')

/** @param {string} base */
async function untilReady(base) {
  for (let i = 0; i < 300; i++) {
    const answer = await fetch(`${base}/api/openapi.json`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((ok) => setTimeout(ok, 200))
  }
  throw new Error('the server does not answer')
}

/** Opens the session of a role and answers its page. @param {import('@playwright/test').Browser} browser @param {string} base @param {string | null} role */
async function enter(browser, base, role) {
  const context = await browser.newContext({
    baseURL: base,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1280, height: 800 },
  })
  if (role) {
    const { items } = await (await context.request.get('/api/demo/personnes')).json()
    // the Creuse and its operator hold every statut
    const people = items.filter((/** @type {{ role: string }} */ p) => p.role === role)
    const person =
      people.find((/** @type {{ organisation: { nom: string } }} */ p) => /Creuse|Boussac|Modèle|Guéret/.test(p.organisation.nom)) ??
      people[0]
    await context.request.post('/api/demo/session', { data: { adhesionId: person.adhesionId }, headers: { origin: base } })
  }
  return context.newPage()
}

/** @param {import('@playwright/test').Page} page @param {string} root */
const linksOf = async (page, root) => {
  /** @type {string[]} */
  const hrefs = await page.$$eval('a[href]', (links) => links.map((link) => link.getAttribute('href') ?? ''))
  return hrefs.filter(
    (href) =>
      href.startsWith(root) &&
      !/^\/(api|assets)\//.test(href) &&
      (root !== '/' || !/^\/(collectivite|prescripteur|mediateur|operateur|anct|partenaire|compte)\//.test(href)),
  )
}

/** @param {import('@playwright/test').Page} page @param {string} name @param {string} root */
async function visit(page, name, root) {
  const seen = new Map()
  const queue = [root, ...(name === 'public' ? UNLINKED : [])]
  const made = []
  while (queue.length > 0 && seen.size < MOST) {
    const href = queue.shift() ?? root
    const kind = kindOf(href)
    if (seen.has(kind)) continue
    seen.set(kind, href)
    const file = `${name}${kind.slice(root.length - 1).replaceAll('/', '-') || '-accueil'}`
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height })
      await page.goto(href)
      await page
        .locator('h1')
        .first()
        .waitFor({ timeout: 10_000 })
        .catch(() => {})
      await page.waitForLoadState('networkidle').catch(() => {})
      // as tall as the page: what stays at the bottom of the window is at the bottom of the picture
      const tall = await page.evaluate(() => document.documentElement.scrollHeight)
      await page.setViewportSize({ width, height: Math.max(height, tall) })
      await page.screenshot({ path: `${folder}/${file}-${width}.png`, fullPage: true })
      made.push(`${file}-${width}.png`)
    }
    for (const next of await linksOf(page, root)) if (!seen.has(kindOf(next))) queue.push(next)
  }
  return made
}

/** The one thing that the seed cannot hold, a file: a collectivité's archive, made by the worker. @param {import('@playwright/test').Browser} browser @param {string} base */
async function prepareArchive(browser, base) {
  const page = await enter(browser, base, 'collectivite.administrateur')
  const { request } = page.context()
  await request.post('/api/archives', { headers: { origin: base, 'idempotency-key': randomUUID() } })
  for (let i = 0; i < 100; i++) {
    const { items } = await (await request.get('/api/archives')).json()
    if (items[0]?.statut === 'prete') return page.context().close()
    await new Promise((ok) => setTimeout(ok, 500))
  }
  throw new Error('the archive is not made')
}

/** @param {import('@playwright/test').Browser} browser @param {string[]} files */
async function contactSheet(browser, files) {
  const cell = (/** @type {string} */ file) => `<figure><img src="${file}"><figcaption>${file}</figcaption></figure>`
  writeFileSync(
    `${folder}/planche.html`,
    `<!doctype html><meta charset="utf-8"><style>body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start}figure{margin:0;width:300px}img{width:100%;max-height:420px;object-fit:cover;object-position:top;border:1px solid #999}</style>${files.map(cell).join('')}`,
  )
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } })
  await page.goto(`file://${folder}/planche.html`)
  await page.screenshot({ path: `${folder}/planche.png`, fullPage: true })
}

/** Every visit, then the contact sheet; how many pictures. @param {import('@playwright/test').Browser} browser @param {string} base */
async function everyScreen(browser, base) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const files = []
  for (const [name, root, role] of VISITS) {
    if (only.length > 0 && !only.includes(name)) continue
    const page = await enter(browser, base, role)
    const made = await visit(page, name, root)
    say(`${name}\u00a0: ${made.length} images`)
    files.push(...made)
    await page.context().close()
  }
  await contactSheet(browser, files)
  return files.length
}

const base = `http://localhost:${await freePort()}`
try {
  const secrets = at('.data/shots-secrets')
  mkdirSync(secrets, { recursive: true, mode: 0o700 })
  const env = { ...process.env, PORT: new URL(base).port, DEMO: '1', SECRETS_DIR: secrets, FILES_DIR: `${secrets}-pieces` }
  say('démonstration')
  const urls = await throwaway({ dir: at('.data/shots-postgres'), database: 'shots', fast: true, env, seedFile: 'prisma/seed/main.ts' })
  const services = await startSimulators({ publicUrl: base, mails: at('.data/shots-courriels'), fresh: true })
  for (const file of ['apps/api/src/main.ts', 'apps/api/src/worker.ts'])
    launch(process.execPath, ['--import', at('tools/follow-parent.mjs'), at(file)], {
      env: { ...env, ...services, DATABASE_URL: urls.appUrl, DATABASE_WORKER_URL: urls.workerUrl },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  await untilReady(base)
  const executablePath = machineChromium()
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  await prepareArchive(browser, base)
  if (process.argv.includes('--guide')) await guideImages(browser, (role) => enter(browser, base, role), only)
  else console.log(`${await everyScreen(browser, base)} images et une planche (planche.png) dans shots/`)
  await browser.close()
  await shutdown(0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await shutdown(1)
}
