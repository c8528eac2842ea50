import { randomUUID } from 'node:crypto'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { type PersonKey, PEOPLE, serieK } from '../../prisma/seed/base/ids.ts'
import type { CarnetDetail } from '../../packages/contracts/src/carnets.ts'
import { whyNotHandOverCarnet } from '../../packages/domain/src/carnets.ts'
import { formatSerie } from '../../packages/domain/src/references.ts'
import { expect, test } from './people.ts'

/** Two agents of a prescripteur, one computer at the counter. */
const FIRST = 'prescripteur.agent'
const SECOND = 'prescripteur.responsable'
const PIN = '481207'
/** The day of the server of these tests. */
const TODAY = '2026-03-10'

/** What only the first one typed: it must be nowhere once they have left. */
const TYPED = { prenom: 'Basilic', nom: 'Passiflore', contact: 'basilic@exemple.fr' }
const TYPED_TRACES = Object.values(TYPED)
const TRACES = [...TYPED_TRACES, 'Paul Témoin']

test.describe.configure({ timeout: 120_000 })

const title = (page: Page) => page.getByRole('heading', { level: 1 })

const enterWhole = async ({ request }: BrowserContext, key: PersonKey) => {
  const answer = await request.post('/api/demo/session', { data: { adhesionId: PEOPLE[key].adhesionId } })
  expect(answer.status(), await answer.text()).toBe(201)
}
const choosePin = async ({ request }: BrowserContext) => {
  const answer = await request.put('/api/moi/pin', { data: { pin: PIN }, headers: { 'idempotency-key': randomUUID() } })
  expect(answer.status(), await answer.text()).toBe(200)
}

/** The one who administers trusts the computer, by its page; then each comes in whole once and has a code. */
const prepareDesk = async (context: BrowserContext, nom: string): Promise<Page> => {
  const page = await context.newPage()
  await enterWhole(context, SECOND)
  await choosePin(context)
  await page.goto('/compte/postes')
  await page.getByLabel('Nom du poste').fill(nom)
  await page.getByRole('button', { name: 'Faire de ce navigateur un poste partagé' }).click()
  await expect(page.getByRole('status').filter({ hasText: nom })).toBeVisible()
  await enterWhole(context, FIRST)
  await choosePin(context)
  return page
}

/** A number of the stock that may be handed over. */
const freeCarnet = async ({ request }: BrowserContext): Promise<string> => {
  for (let rank = 1; rank <= 20; rank++) {
    const numero = formatSerie(serieK(rank))
    const found = await request.get(`/api/carnets/recherche?numero=${encodeURIComponent(numero)}`)
    if (found.ok() && whyNotHandOverCarnet((await found.json()) as CarnetDetail, TODAY) === null) return numero
  }
  throw new Error('No carnet of the base seed may be handed over by the first agent')
}

/** The first agent begins a hand-over and does not send it. */
const typeDraft = async (page: Page, numero: string) => {
  await page.goto('/prescripteur/remettre')
  await page.getByLabel('Numéro du carnet').fill(numero)
  await page.getByLabel('Numéro du carnet').press('Enter')
  await expect(page.getByText('peut être remis')).toBeVisible()
  await page.getByLabel('Prénom', { exact: true }).fill(TYPED.prenom)
  await page.getByLabel('Nom', { exact: true }).fill(TYPED.nom)
  await page.getByLabel('Téléphone ou courriel').fill(TYPED.contact)
}

const lock = async (page: Page) => {
  await page
    .getByRole('banner')
    .getByRole('button', { name: /Témoin/ })
    .click()
  await page.getByRole('button', { name: 'Verrouiller le poste' }).click()
  await page.waitForURL('**/connexion/guichet')
  await expect(title(page)).toHaveText('Poste verrouillé')
}

const takeOver = async (page: Page, nom: string) => {
  await page.getByRole('button', { name: new RegExp(nom) }).click()
  await page.getByLabel('Votre code à 6 chiffres').fill(PIN)
  await page.getByRole('button', { name: 'Prendre la main' }).click()
  await page.waitForURL('**/prescripteur/')
  await expect(page.getByRole('banner')).toContainText('Rosa Témoin')
}

/** Every text and every field of what is on screen, and what the browser keeps. */
const everything = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      document.body.innerText,
      ...[...document.querySelectorAll('input, textarea, select')].map((field) => (field as HTMLInputElement).value),
      JSON.stringify({ ...sessionStorage }),
      JSON.stringify({ ...localStorage }),
    ].join('\n'),
  )
const expectNoTrace = async (page: Page, where: string) => {
  await page.waitForLoadState('networkidle')
  const seen = await everything(page)
  // the sign-in page of the demonstration names everyone who may be tried
  const traces = new URL(page.url()).pathname === '/connexion' ? TYPED_TRACES : TRACES
  for (const trace of traces) expect(seen.includes(trace), `${where} (${page.url()}): ${trace}`).toBe(false)
}

test('the second agent sees nothing of the first: back, forward, reload, restored forms, the other tab', async ({ browser }) => {
  const context = await browser.newContext()
  const page = await prepareDesk(context, 'Accueil, guichet 1')
  const numero = await freeCarnet(context)
  await page.goto('/prescripteur/personnes')
  await expect(page.getByRole('banner')).toContainText('Paul Témoin')
  await typeDraft(page, numero)
  const other = await context.newPage()
  await other.goto('/prescripteur/personnes')
  await expect(other.getByRole('banner')).toContainText('Paul Témoin')
  await page.bringToFront()
  const seen = await everything(page)
  for (const trace of TRACES) expect(seen, 'the test looks where it is').toContain(trace)

  await lock(page)
  await expectNoTrace(page, 'locked')
  await other.waitForURL('**/connexion/guichet')
  await expectNoTrace(other, 'the other tab, locked')
  await page.goBack()
  await expect(page).toHaveURL(/\/connexion/)
  await expectNoTrace(page, 'back from the lock')
  await page.goto('/connexion/guichet')

  await takeOver(page, 'Rosa T.')
  await expectNoTrace(page, 'home of the second')
  for (const step of ['back', 'back', 'back', 'forward', 'forward', 'reload'] as const) {
    if (step === 'reload') await page.reload()
    else await (step === 'back' ? page.goBack() : page.goForward())
    await expectNoTrace(page, step)
  }
  await page.goto('/prescripteur/remettre')
  await expect(page.getByLabel('Numéro du carnet')).toHaveValue('')
  await page.getByLabel('Numéro du carnet').fill(numero)
  await page.getByLabel('Numéro du carnet').press('Enter')
  await expect(page.getByLabel('Prénom', { exact: true })).toHaveValue('')
  await expectNoTrace(page, 'the same form')
  await context.close()
})

test('left idle, the desk closes by itself; the next agent finds none of the draft that waited for the first', async ({ browser }) => {
  const context = await browser.newContext()
  await context.clock.install()
  const page = await prepareDesk(context, 'Accueil, guichet 2')
  await typeDraft(page, await freeCarnet(context))
  await page.clock.runFor('08:30')
  await expect(page.getByRole('alertdialog')).toContainText('Êtes-vous toujours là')
  await page.clock.runFor('02:00')
  await page.waitForURL('**/connexion/guichet')
  await expect(title(page)).toHaveText('Poste verrouillé')
  await takeOver(page, 'Rosa T.')
  await page.goto('/prescripteur/remettre')
  await expect(page.getByLabel('Numéro du carnet')).toHaveValue('')
  await expectNoTrace(page, 'after idle')
  await context.close()
})

test('a page that the browser kept whole does not come back', async ({ launchOptions, baseURL }) => {
  // Playwright turns this memory off: here it is what is tried
  const browser = await chromium.launch({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] })
  const context = await browser.newContext({ baseURL: baseURL!, locale: 'fr-FR', timezoneId: 'Europe/Paris' })
  const kept: string[] = []
  context.on('console', (message) => void (message.text().startsWith('kept:') && kept.push(message.text())))
  await context.addInitScript(() => {
    addEventListener('pageshow', ({ persisted }) => void (persisted && console.log(`kept:${location.pathname}`)))
    // a word between tabs throws a kept page away: here none is said
    Object.assign(window, {
      BroadcastChannel: class extends EventTarget {
        postMessage() {}
        close() {}
      },
    })
  })
  const page = await prepareDesk(context, 'Accueil, guichet 3')
  await typeDraft(page, await freeCarnet(context))
  // another document of the site: the page with the draft is kept whole, and comes back empty even for the same person
  const leaveWhole = async () => {
    await page
      .getByRole('banner')
      .getByRole('button', { name: /Témoin/ })
      .click()
    await page.getByRole('link', { name: 'Mon compte' }).click()
    await page.waitForURL('**/compte/')
  }
  await leaveWhole()
  await page.goBack()
  await expect(page.getByLabel('Numéro du carnet')).toHaveValue('')
  await expect.poll(() => kept, 'this browser keeps pages whole').toEqual(['kept:/prescripteur/remettre'])

  await typeDraft(page, await freeCarnet(context))
  await leaveWhole()
  await lock(page)
  await takeOver(page, 'Rosa T.')
  for (const step of [1, 2, 3]) {
    await page.goBack()
    await expectNoTrace(page, `back ${step}`)
  }
  console.log(`shared desk: ${kept.length} pages kept whole were shown again`)
  await browser.close()
})
