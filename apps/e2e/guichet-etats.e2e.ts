import { randomUUID } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import {
  addAtelier,
  counterPath,
  type CounterWorld,
  enter,
  expect,
  lines,
  openCounter,
  type Place,
  type PrintedPass,
  scan,
  test,
} from './counter-world.ts'

test.describe.configure({ timeout: 300_000 })

type Five = [PrintedPass, PrintedPass, PrintedPass, PrintedPass, PrintedPass]

const SMALL = { viewport: { width: 320, height: 640 }, locale: 'fr-FR', timezoneId: 'Europe/Paris' } as const
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Looks at the page in the state that it is in, under the name of this state. */
const looker = (page: Page) => {
  const seen: string[] = []
  const look = async (state: string): Promise<void> => {
    const axe = new AxeBuilder({ page }).withTags(TAGS).setLegacyMode() // one program a state: the page has no frame
    // what is around the page is the same in every state: looked at once
    if (seen.length > 0) for (const around of ['header', 'footer', '.menu', '.onglets']) axe.exclude(around)
    const { violations } = await axe.analyze()
    expect(violations.map(({ id, nodes }) => `${state}: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([])
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(overflow, `${state} scrolls sideways`).toBeLessThanOrEqual(0)
    seen.push(state)
  }
  return { look, seen }
}

const use = (page: Page, count: number) => page.getByRole('button', { name: `Utiliser ${count} pass` }).click()

/** A QR whose signature was tampered with: still well written. */
const forged = (qr: string): string => `${qr.slice(0, 99)}${qr[99] === '0' ? '1' : '0'}${qr.slice(100)}`

const withKey = (data?: object) => ({ ...(data && { data }), headers: { 'idempotency-key': randomUUID() } })

/** The same pass, used at another place while this one has no network. */
const useElsewhere = async ({ addPlace }: CounterWorld, context: BrowserContext, { qr }: PrintedPass) => {
  const place = await addPlace('Comptoir voisin')
  await enter(context, place.mediateur)
  const answer = await context.request.post(`/api/ateliers/${await addAtelier(context, place)}/utilisations`, withKey({ pass: [qr] }))
  expect(answer.status(), await answer.text()).toBe(201)
}

/** The one who answers for the place revokes its devices. */
const revokeDevices = async (context: BrowserContext, { responsable }: Place) => {
  await enter(context, responsable)
  const { items } = (await (await context.request.get('/api/guichet/appareils')).json()) as { items: { id: string }[] }
  for (const { id } of items) expect((await context.request.delete(`/api/guichet/appareils/${id}`, withKey())).status()).toBe(200)
}

test('every state of the counter is accessible on the smallest phone', async ({ browser: others, counter, launchOptions, baseURL }) => {
  const place = await counter.addPlace('Comptoir des états')
  const [first, second, third, fourth, fifth] = (await counter.addCarnets(5)).map((carnet) => carnet[0]!) as Five
  // a camera that the person has to allow
  const args = [...(launchOptions.args ?? []), '--use-fake-device-for-media-stream']
  const browser = await chromium.launch({ ...launchOptions, args })
  const context = await browser.newContext({ ...SMALL, baseURL: baseURL! })
  const page = await context.newPage()
  const { look, seen } = looker(page)
  await enter(context, place.mediateur)
  const atelierId = await addAtelier(context, place)
  await openCounter(page, atelierId)
  const main = page.getByRole('main')

  await test.step('the camera', async () => {
    await look('vide')
    await page.getByRole('button', { name: 'Scanner avec l’appareil photo' }).click()
    await expect(page.getByRole('alert')).toContainText('n’a pas le droit d’utiliser l’appareil photo')
    await look('caméra refusée')
    await context.grantPermissions(['camera'])
    await page.getByRole('button', { name: 'Scanner avec l’appareil photo' }).click()
    await expect(page.getByRole('button', { name: 'Fermer l’appareil photo' })).toBeVisible()
    await look('caméra ouverte')
    await page.getByRole('button', { name: 'Fermer l’appareil photo' }).click()
  })
  await test.step('with network', async () => {
    await scan(page, 'K7M2-QX9T')
    await expect(page.getByLabel('Code du pass')).toHaveAttribute('aria-invalid', 'true')
    await look('numéro incomplet')
    await scan(page, first.qr)
    await scan(page, second.code)
    await expect(lines(page).filter({ hasText: 'Valable' })).toHaveCount(2)
    await look('lignes valables')
    await scan(page, first.code)
    await expect(main).toContainText('Déjà lu')
    await look('déjà lu')
    await use(page, 2)
    await expect(main).toContainText(/2\spass\sutilisés/)
    await look('utilisés')
    await page.reload()
    await scan(page, first.qr)
    await expect(lines(page)).toContainText(/déjà\sutilisé/)
    await look('refus')
    await page.getByRole('button', { name: 'Tout annuler' }).click()
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await look('annulation')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Couper le son' }).click()
    await look('son coupé')
  })
  await test.step('without network', async () => {
    await page.reload()
    await expect(page.getByLabel('Code du pass')).toBeVisible()
    await context.setOffline(true)
    await expect(main).toContainText('Pas de réseau.')
    await look('hors ligne')
    await scan(page, forged(third.qr))
    await expect(lines(page)).toContainText('n’a pas été fait par le service')
    await look('refus hors ligne')
    await page.getByRole('button', { name: /^Retirer/ }).click()
    await scan(page, third.qr)
    await expect(lines(page)).toContainText('Signature vérifiée')
    await look('ligne en attente de réseau')
    await use(page, 1)
    await expect(main).toContainText('1 pass gardé sur cet appareil.')
    await look('gardé sur l’appareil')
    await scan(page, fourth.code)
    await expect(lines(page)).toContainText('Il sera vérifié à l’envoi')
    await use(page, 1)
    await page.getByRole('link', { name: 'Voir les actes en attente' }).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Actes en attente')
    await look('actes en attente')
    await page.getByRole('button', { name: 'Annuler' }).first().click()
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await look('annulation d’un acte en attente')
    await page.keyboard.press('Escape')
  })
  await test.step('after the network came back', async () => {
    const elsewhere = await others.newContext()
    await useElsewhere(counter, elsewhere, third)
    await context.setOffline(false)
    await expect(main).toContainText('acte fait sans réseau est refusé', { timeout: 20_000 })
    await look('refusé à l’envoi')
    await page.goto('/mediateur/guichet/conflits')
    await expect(page.getByText('Non payé ici')).toBeVisible()
    await look('conflit')
    await page.goto('/mediateur/guichet')
    await expect(page.getByRole('link', { name: 'Aide aux démarches administratives' })).toBeVisible()
    await look('choix de l’atelier')
    await page.goto('/mediateur/guichet/appareils')
    await expect(page.getByLabel('Nom de cet appareil')).toBeVisible()
    await look('réglages de l’appareil')
    await revokeDevices(elsewhere, place)
    await elsewhere.close()
    await page.reload()
    await expect(main).toContainText('Cet appareil a été révoqué')
    await look('appareil révoqué')
    const told = page.waitForResponse((answer) => answer.url().includes('/api/guichet/appareils/'))
    await page.goto(counterPath(atelierId))
    await expect(page.getByLabel('Code du pass')).toBeVisible()
    // the page asks at each opening: without its answer, the device does not know
    await (await told).finished()
    await context.setOffline(true)
    await scan(page, fifth.qr)
    await expect(main).toContainText('Cet appareil a été révoqué')
    await expect(page.getByRole('button', { name: 'Utiliser 1 pass' })).toHaveAttribute('aria-disabled', 'true')
    await look('appareil révoqué hors ligne')
  })
  console.log(`counter: 0 violation in ${seen.length} states: ${seen.join(', ')}`)
  await browser.close()
})
