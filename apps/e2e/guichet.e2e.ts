import { writeFileSync } from 'node:fs'
import { type BrowserContext, chromium, type Page, type Request, type Response } from '@playwright/test'
import { cameraOf, filmOf } from './counter-film.ts'
import {
  addAtelier,
  counterPath,
  type CounterWorld,
  enter,
  expect,
  lines,
  openCounter,
  type PrintedPass,
  scan,
  test,
} from './counter-world.ts'

/** The counter as a médiateur has it: a phone, its camera, and no network when it matters. */
test.describe.configure({ timeout: 300_000 })

const PHONE = { viewport: { width: 360, height: 740 }, locale: 'fr-FR', timezoneId: 'Europe/Paris' } as const

const isRedeem = (request: Request): boolean => request.method() === 'POST' && request.url().endsWith('/utilisations')

/** Live redemptions of an atelier: how many, of how many pass, people and acts; how many wait for somebody to look at their clock. */
const kept = async ({ sql }: CounterWorld, atelierId: string) => {
  const { rows } = await sql.query<Record<'redemptions' | 'pass' | 'personnes' | 'actes' | 'douteux', number>>(
    `select count(*)::int redemptions, count(distinct pass_id)::int pass, count(distinct personne_id)::int personnes, count(distinct acte_id)::int actes,
            count(*) filter (where a_examiner)::int douteux
       from redemption where atelier_id = $1 and statut <> 'annulee'`,
    [atelierId],
  )
  return rows[0]!
}

test('ten pass of ten people shown to the camera are read, then used by one press', async ({
  counter,
  launchOptions,
  baseURL,
}, testInfo) => {
  const place = await counter.addPlace('Comptoir du film')
  const pass = (await counter.addCarnets(10)).map((carnet) => carnet[0]!)
  const film = testInfo.outputPath('carnets.y4m')
  writeFileSync(film, filmOf(pass.map(({ qr }) => qr)))
  const browser = await chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), ...cameraOf(film)] })
  const context = await browser.newContext({ ...PHONE, baseURL: baseURL! })
  await enter(context, place.mediateur)
  const atelierId = await addAtelier(context, place)
  const page = await context.newPage()
  // our own copy of the reader: nothing is asked from outside
  const outside: string[] = []
  page.on('request', (request) => void (new URL(request.url()).origin === new URL(baseURL!).origin || outside.push(request.url())))
  await openCounter(page, atelierId)
  const begun = Date.now()
  await page.getByRole('button', { name: 'Scanner avec l’appareil photo' }).click()
  await expect(lines(page).filter({ hasText: 'Valable' })).toHaveCount(10, { timeout: 40_000 })
  console.log(`film: 10 pass read in ${((Date.now() - begun) / 1000).toFixed(1)} s`)
  expect(await kept(counter, atelierId), 'a look uses nothing').toMatchObject({ redemptions: 0 })
  // the film goes on: what was read is not taken twice
  await page.getByRole('button', { name: 'Utiliser 10 pass' }).click()
  await expect(page.getByText(/10\spass\sutilisés\s:\s100,00/)).toBeVisible()
  await page.getByRole('button', { name: 'Fermer l’appareil photo' }).click()
  expect(await kept(counter, atelierId)).toEqual({ redemptions: 10, pass: 10, personnes: 10, actes: 1, douteux: 0 })
  expect(outside).toEqual([])
  await browser.close()
})

/** The browser's own process, taken away without a word. */
const kill = async (context: BrowserContext): Promise<void> => {
  const gone = new Promise((ok) => context.once('close', ok))
  const session = await context.browser()!.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL')
  await gone
}

test('50 pass in 25 acts made without network survive a reload and a killed browser, and arrive once each', async ({
  counter,
  launchOptions,
  baseURL,
}, testInfo) => {
  const place = await counter.addPlace('Comptoir sans réseau')
  const carnets = await counter.addCarnets(25)
  const profile = testInfo.outputPath('profil')
  const keys: (string | undefined)[] = []
  let context!: BrowserContext
  let page!: Page
  const start = async (offline: boolean) => {
    context = await chromium.launchPersistentContext(profile, { ...launchOptions, ...PHONE, baseURL: baseURL! })
    await context.setOffline(offline)
    page = context.pages()[0] ?? (await context.newPage())
    page.on('request', (request) => void (isRedeem(request) && keys.push(request.headers()['idempotency-key'])))
  }
  await start(false)
  await enter(context, place.mediateur)
  const atelierId = await addAtelier(context, place)
  await openCounter(page, atelierId)
  await context.setOffline(true)

  /** The act of a person: one pass scanned, one typed, the second gesture. */
  const act = async ([first, second]: PrintedPass[]) => {
    await scan(page, first!.qr)
    await scan(page, second!.code)
    await page.getByRole('button', { name: 'Utiliser 2 pass' }).click()
    await expect(page.getByText('2 pass gardés sur cet appareil.')).toBeVisible()
  }
  const waits = (pass: number) => expect(page.getByText(`Pas de réseau. ${pass} pass en attente de réseau.`)).toBeVisible()
  const servedByDevice = async (answer: Promise<Response | null>) => expect((await answer)?.fromServiceWorker(), 'the shell').toBe(true)

  await test.step('a reload without network', async () => {
    for (const carnet of carnets.slice(0, 8)) await act(carnet)
    await servedByDevice(page.reload())
    await waits(16)
  })
  await test.step('the browser killed without network', async () => {
    for (const carnet of carnets.slice(8, 16)) await act(carnet)
    await kill(context)
    await start(true)
    await servedByDevice(page.goto(counterPath(atelierId)))
    await waits(32)
    for (const carnet of carnets.slice(16)) await act(carnet)
    await waits(50)
  })
  expect(await kept(counter, atelierId), 'nothing reached the server').toMatchObject({ redemptions: 0 })
  expect(keys).toEqual([])

  await test.step('the session ended meanwhile: the network leads to the sign-in page, the acts wait', async () => {
    await context.clearCookies()
    await context.setOffline(false)
    // the app's own request and its going away may cross: what counts is where the page ends
    await expect(page).toHaveURL(/\/connexion\?retour=/)
    expect(keys).toEqual([])
  })
  await test.step('the browser killed again while it sends', async () => {
    await enter(context, place.mediateur)
    const leaving = new Promise((ok) => page.on('request', (request) => isRedeem(request) && keys.length > 8 && ok(null)))
    await page.goto(counterPath(atelierId))
    await leaving
    await kill(context)
    await start(false)
    await enter(context, place.mediateur)
    await page.goto('/mediateur/guichet/attente')
    await expect(page.getByText('Rien n’attend le réseau sur cet appareil.')).toBeVisible({ timeout: 30_000 })
  })
  await expect(page.getByRole('listitem').filter({ hasText: 'Validé' })).toHaveCount(25)
  expect(await kept(counter, atelierId)).toEqual({ redemptions: 50, pass: 50, personnes: 25, actes: 25, douteux: 0 })
  // one key an act, whatever happened between its gesture and its answer
  const { rows } = await counter.sql.query<{ cle: string }>(
    'select cle from acte_differe where atelier_id = $1 and acte_id is not null order by scanne_at',
    [atelierId],
  )
  expect(rows).toHaveLength(25)
  expect(new Set(rows.map(({ cle }) => cle))).toEqual(new Set(keys))
  // sent in the order of the gestures: a key comes back only where the browser was killed
  expect([...new Set(keys)]).toEqual(rows.map(({ cle }) => cle))
  const { rows: alertes } = await counter.sql.query('select regle from alerte where organisation_id = $1', [place.structureId])
  expect(alertes, 'honest work raises no alert').toEqual([])
  console.log(`queue: ${keys.length} sendings of 25 acts`)
  await context.close()
})

test('one pass read at two places without network: the first to arrive is paid, the other is told, neither names the other', async ({
  browser,
  counter,
}) => {
  const [[disputed], [other]] = (await counter.addCarnets(2)) as [PrintedPass[], PrintedPass[]]
  const open = async (nom: string) => {
    const place = await counter.addPlace(nom)
    const context = await browser.newContext(PHONE)
    await enter(context, place.mediateur)
    const atelierId = await addAtelier(context, place)
    const page = await context.newPage()
    await openCounter(page, atelierId)
    await context.setOffline(true)
    return { place, context, page, atelierId }
  }
  const [late, early] = [await open('Comptoir de l’amont'), await open('Comptoir de l’aval')]
  for (const { page } of [late, early]) await scan(page, disputed!.qr)
  await scan(late.page, other!.qr)
  for (const { page } of [late, early]) {
    await page.getByRole('button', { name: /^Utiliser \d pass$/ }).click()
    await expect(page.getByText(/pass gardés? sur cet appareil/)).toBeVisible()
  }
  await early.context.setOffline(false)
  await expect.poll(() => kept(counter, early.atelierId)).toMatchObject({ redemptions: 1 })
  await late.context.setOffline(false)
  await expect(late.page.getByText('1 acte fait sans réseau est refusé.')).toBeVisible({ timeout: 15_000 })
  expect(await kept(counter, late.atelierId)).toMatchObject({ redemptions: 0 })

  // what is not disputed is used by another try, under a key of its own
  await late.page.getByRole('link', { name: 'Voir les actes en attente' }).first().click()
  await late.page.getByRole('button', { name: 'Réessayer avec 1 pass' }).click()
  await expect.poll(() => kept(counter, late.atelierId)).toMatchObject({ redemptions: 1 })

  const sides = [
    { ...late, against: early.place, result: 'Non payé ici', next: 'Demandez un autre pass' },
    { ...early, against: late.place, result: 'Payé ici', next: 'votre utilisation est arrivée la première' },
  ]
  for (const { context, page, against, result, next } of sides) {
    await page.goto('/mediateur/guichet/conflits')
    const row = page.getByRole('main').filter({ hasText: result })
    await expect(row).toContainText(next)
    const told = [
      await page.getByRole('main').innerText(),
      await (await context.request.get('/api/guichet/conflits')).text(),
      await (await context.request.get('/api/guichet/actes-differes')).text(),
    ]
    for (const text of told)
      for (const name of [against.nom, against.structureId, against.lieuId, against.mediateurId]) expect(text).not.toContain(name)
    await context.close()
  }
})
