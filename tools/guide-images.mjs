// `npm run shots -- --guide`: the pictures of docs/guide.md, from the demonstration; cut, and light enough for the repository.
import { mkdirSync, writeFileSync } from 'node:fs'
import { at, say } from './common.mjs'

const WIDE = /** @type {const} */ ({ window: [1280, 800], width: 1000 })
const PHONE = /** @type {const} */ ({ window: [390, 844], width: 390 })

/**
 * The picture, who looks, the address, how large the window, how high the picture at most. `sheet`: the first one
 * below that address that the page leads to.
 * @type {readonly { image: string, role: string, path: string, sheet?: string, view: typeof WIDE | typeof PHONE, most: number }[]}
 */
const GUIDE = [
  { image: 'collectivite-accueil', role: 'collectivite.administrateur', path: '/collectivite/', view: WIDE, most: 1030 },
  {
    image: 'operateur-commande',
    role: 'operateur.gestionnaire',
    path: '/operateur/commandes?statut=brouillon',
    sheet: '/operateur/commandes',
    view: WIDE,
    most: 900,
  },
  { image: 'prescripteur-remettre', role: 'prescripteur.agent', path: '/prescripteur/remettre', view: WIDE, most: 480 },
  {
    image: 'mediateur-guichet',
    role: 'structure.mediateur',
    path: '/mediateur/guichet',
    sheet: '/mediateur/guichet',
    view: PHONE,
    most: 930,
  },
  {
    image: 'finance-bordereau',
    role: 'operateur.finance_preparateur',
    path: '/operateur/bordereaux?statut=controle',
    sheet: '/operateur/bordereaux',
    view: WIDE,
    most: 900,
  },
  { image: 'structure-du', role: 'structure.responsable', path: '/mediateur/virements', view: PHONE, most: 1160 },
  {
    image: 'collectivite-appel',
    role: 'collectivite.administrateur',
    path: '/collectivite/appels-de-fonds?statut=appele',
    sheet: '/collectivite/appels-de-fonds',
    view: WIDE,
    most: 900,
  },
  {
    image: 'collectivite-echeance',
    role: 'collectivite.administrateur',
    path: '/collectivite/echeances?statut=releve',
    sheet: '/collectivite/echeances',
    view: WIDE,
    most: 900,
  },
  { image: 'collectivite-archive', role: 'collectivite.administrateur', path: '/collectivite/archives', view: WIDE, most: 680 },
  {
    image: 'operateur-reprise',
    role: 'operateur.gestionnaire',
    path: '/operateur/reprises?statut=a_confirmer',
    sheet: '/operateur/reprises',
    view: WIDE,
    most: 1000,
  },
  { image: 'anct-territoires', role: 'anct.pilote', path: '/anct/territoires', view: WIDE, most: 820 },
]
const QUALITY = 0.85

/** The address of the first sheet of a list that the page links to. @param {import('@playwright/test').Page} page @param {string} list */
async function firstSheet(page, list) {
  const sheets = page.getByRole('main').locator(`a[href^="${list}/"]`)
  for (let i = 0; i < 100; i++) {
    const hrefs = await sheets.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    const href = hrefs.find((one) => /\/[0-9a-f]{8}-[0-9a-f-]{27}$/.test(one))
    if (href) return href
    await new Promise((ok) => setTimeout(ok, 100))
  }
  throw new Error(`no sheet of ${list} to show`)
}

/** @param {import('@playwright/test').Page} page @param {string} path @param {readonly [number, number]} window */
async function open(page, path, [width, height]) {
  await page.setViewportSize({ width, height })
  await page.goto(path)
  await page.locator('main h1').first().waitFor()
  await page.waitForLoadState('networkidle')
}

/** Narrower, cut at its foot, in a lighter format. @param {import('@playwright/test').Page} blank @param {Buffer} png @param {number} width @param {number} most */
async function lighten(blank, png, width, most) {
  const webp = await blank.evaluate(
    async ([source, wide, tall, quality]) => {
      const picture = new Image()
      picture.src = source
      await picture.decode()
      const whole = Math.round((picture.height * wide) / picture.width)
      const canvas = document.createElement('canvas')
      canvas.width = wide
      canvas.height = Math.min(tall, whole)
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no canvas')
      context.imageSmoothingQuality = 'high'
      context.drawImage(picture, 0, 0, wide, whole)
      return canvas.toDataURL('image/webp', quality)
    },
    /** @type {const} */ ([`data:image/png;base64,${png.toString('base64')}`, width, most, QUALITY]),
  )
  return Buffer.from(webp.slice(webp.indexOf(',') + 1), 'base64')
}

/** @param {import('@playwright/test').Browser} browser @param {(role: string) => Promise<import('@playwright/test').Page>} enter @param {readonly string[]} only all of them when empty */
export async function guideImages(browser, enter, only) {
  mkdirSync(at('docs/images'), { recursive: true })
  const blank = await browser.newPage()
  for (const { image, role, path, sheet, view, most } of GUIDE) {
    if (only.length > 0 && !only.includes(image)) continue
    const page = await enter(role)
    await open(page, path, view.window)
    if (sheet) await open(page, await firstSheet(page, sheet), view.window)
    // as tall as the page: what stays at the bottom of the window does not hide the middle
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ width: view.window[0], height })
    const webp = await lighten(blank, await page.screenshot(), view.width, most)
    writeFileSync(at(`docs/images/${image}.webp`), webp)
    say(`${image}\u00a0: ${Math.round(webp.length / 1000)} Ko`)
    await page.context().close()
  }
}
