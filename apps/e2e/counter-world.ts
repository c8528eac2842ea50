import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type BrowserContext, expect as anyExpect, type Page, test as base } from '@playwright/test'
import pg from 'pg'
import { signQr } from '../api/src/platform/codes.ts'
import { loadSecrets, type Secrets } from '../api/src/platform/secrets.ts'
import { CONVENTION, LIEU, ORG } from '../../prisma/seed/base/ids.ts'
import { seedStock } from '../../prisma/seed/base/stock.ts'

/** A browser started anew on a busy machine takes its time. */
export const expect = anyExpect.configure({ timeout: 20_000 })

/** A place with a counter: its structure, its lieu, and the two people who work there. Each test has its own. */
export type Place = { structureId: string; lieuId: string; nom: string; mediateur: string; responsable: string; mediateurId: string }
/** A pass as it is printed: twelve symbols, and the signed text of its QR. */
export type PrintedPass = { code: string; qr: string; id: string }

export type CounterWorld = {
  sql: pg.Client
  addPlace: (nom: string) => Promise<Place>
  /** Carnets handed over to as many anonymous people, ten pass each. */
  addCarnets: (count: number) => Promise<PrintedPass[][]>
}

/** Where the server of this port says its database is (tools/e2e-server.mjs). */
const baseOf = (port: string): string => `.data/${port === '3199' ? 'e2e' : `e2e-${port}`}-base.json`
const DATE_FIN = '2026-06-30'

const addPerson = async (sql: pg.Client, structureId: string, prenom: string, role: string) => {
  const [user, adhesion] = [randomUUID(), randomUUID()]
  await sql.query(
    `insert into utilisateur (id, courriel, prenom, nom, demo) values ($1::uuid, $1::uuid || '@exemple.fr', $2, 'Comptoir', true)`,
    [user, prenom],
  )
  await sql.query(`insert into adhesion (id, organisation_id, utilisateur_id, role, date_debut) values ($1, $2, $3, $4, '2025-01-01')`, [
    adhesion,
    structureId,
    user,
    role,
  ])
  return { user, adhesion }
}

/** A structure labelled as S1 is, in the same commune, with the same services. */
const addPlace = async (sql: pg.Client, nom: string): Promise<Place> => {
  const [structureId, lieuId] = [randomUUID(), randomUUID()]
  await sql.query(
    'insert into organisation (id, type, nom, territoire, departement) select $1, type, $2, territoire, departement from organisation where id = $3',
    [structureId, nom, ORG.s1],
  )
  await sql.query(
    `insert into lieu (organisation_id, id, nom, adresse, code_postal, commune, nom_commune, departement, territoires, publie)
     select $1, $2, $3, adresse, code_postal, commune, nom_commune, departement, territoires, publie from lieu where id = $4`,
    [structureId, lieuId, nom, LIEU.l1],
  )
  await sql.query('insert into lieu_service (organisation_id, lieu_id, theme) select $1, $2, theme from lieu_service where lieu_id = $3', [
    structureId,
    lieuId,
    LIEU.l1,
  ])
  await sql.query(
    `insert into labellisation (organisation_id, operateur_id, statut, date_debut, date_fin)
     select $1, operateur_id, statut, date_debut, date_fin from labellisation where organisation_id = $2`,
    [structureId, ORG.s1],
  )
  const mediateur = await addPerson(sql, structureId, `Mado ${nom}`, 'structure.mediateur')
  const responsable = await addPerson(sql, structureId, `Rémy ${nom}`, 'structure.responsable')
  return { structureId, lieuId, nom, mediateur: mediateur.adhesion, mediateurId: mediateur.user, responsable: responsable.adhesion }
}

const addConvention = async (sql: pg.Client): Promise<string> => {
  const id = randomUUID()
  await sql.query(
    `insert into convention (collectivite_id, id, operateur_id, reference, nom, statut, date_debut, date_fin, montant_centimes, prescripteur_ids)
     select collectivite_id, $1::uuid, operateur_id, 'GUICHET-' || $1::uuid, nom, statut, date_debut, date_fin, montant_centimes, prescripteur_ids from convention where id = $2`,
    [id, CONVENTION.cv1],
  )
  return id
}

const addCarnets = async (sql: pg.Client, secrets: Secrets, count: number): Promise<PrintedPass[][]> => {
  // serials of a year that no command of these tests gives
  const { rows } = await sql.query<{ next: string }>(
    `select coalesce(max(serie_derniere), 250000000) + 1 next from lot where serie_derniere < 260000000`,
  )
  const of = { collectivite: ORG.t1, operateur: ORG.o1, convention: await addConvention(sql), prescripteur: ORG.p1 }
  const stock = await seedStock(sql, secrets, of, { quantite: count, seriePremiere: Number(rows[0]!.next) })
  return stock.map(({ id, codes }) =>
    codes.map((code, i) => {
      const passId = id * 10n + BigInt(i)
      return { code, id: String(passId), qr: signQr(secrets, { collectiviteId: ORG.t1, passId, code, dateFin: DATE_FIN }) }
    }),
  )
}

const openCounterWorld = async (baseURL: string): Promise<CounterWorld & { close: () => Promise<void> }> => {
  const { ownerUrl, secretsDir } = JSON.parse(readFileSync(baseOf(new URL(baseURL).port), 'utf8')) as {
    ownerUrl: string
    secretsDir: string
  }
  const secrets = loadSecrets(secretsDir, false)
  const sql = new pg.Client({ connectionString: ownerUrl })
  await sql.connect()
  // two workers take serials: one after the other
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    await sql.query('begin')
    await sql.query('select pg_advisory_xact_lock(4)')
    const done = await work()
    await sql.query('commit')
    return done
  }
  return {
    sql,
    addPlace: (nom) => alone(() => addPlace(sql, nom)),
    addCarnets: (count) => alone(() => addCarnets(sql, secrets, count)),
    close: () => sql.end(),
  }
}

/** Signs somebody in, in this browser. */
export const enter = async ({ request }: BrowserContext, adhesionId: string): Promise<void> => {
  const answer = await request.post('/api/demo/session', { data: { adhesionId } })
  expect(answer.status(), await answer.text()).toBe(201)
}

/** An atelier of this morning at the place, long enough for two pass a person; made by the person signed in. */
export const addAtelier = async ({ request }: BrowserContext, { lieuId }: Place, dureeMinutes = 180): Promise<string> => {
  const answer = await request.post('/api/ateliers', {
    data: {
      lieuId,
      theme: 'demarches_administratives',
      niveau: 'debutant',
      date: '2026-03-10',
      debut: '08:30',
      dureeMinutes,
      capacite: 30,
    },
    headers: { 'idempotency-key': randomUUID() },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  return ((await answer.json()) as { id: string }).id
}

export const counterPath = (atelierId: string): string => `/mediateur/guichet/${atelierId}`

/** Opens the counter with network, until the app is kept on the device: from there on it needs none. */
export const openCounter = async (page: Page, atelierId: string): Promise<void> => {
  const known = page.waitForResponse((answer) => answer.url().includes('/api/guichet/appareils/') && answer.ok(), { timeout: 60_000 })
  await page.goto(counterPath(atelierId))
  await expect(page.getByLabel('Code du pass')).toBeVisible({ timeout: 30_000 })
  await page.evaluate(() => navigator.serviceWorker.ready)
  await known
}

/** What a hand scanner does: the text, then Enter. */
export const scan = async (page: Page, text: string): Promise<void> => {
  await page.getByLabel('Code du pass').fill(text)
  await page.getByLabel('Code du pass').press('Enter')
}

export const lines = (page: Page) => page.getByRole('list', { name: 'Pass lus' }).getByRole('listitem')

export const test = base.extend<{ counter: CounterWorld }>({
  counter: async ({ baseURL }, use) => {
    const world = await openCounterWorld(baseURL!)
    await use(world)
    await world.close()
  },
})
