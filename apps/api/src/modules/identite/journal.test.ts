import { readFileSync, globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LigneJournal } from '@pass/contracts/equipe.ts'
import { JOURNAL_CONNEXIONS, JOURNAL_SENTENCES, JOURNAL_UNKNOWN } from '@pass/domain/journal.ts'
import { parse } from 'csv-parse/sync'
import { afterAll, expect, test } from 'vitest'
import { MEMBRE, ORG, PEOPLE } from '../../../../../prisma/seed/base/ids.ts'
import { newBrowser } from '../../../test/new-person.ts'
import { createWorld, NOW } from '../../../test/world.ts'
import { TASKS } from '../../jobs.ts'
import { ROUTES } from '../../registry.ts'
import { sentenceOf } from './journal.ts'

const world = await createWorld()
afterAll(() => world.close())
const admin = world.as('collectivite.administrateur')
const journal = async (query = '', caller = admin) =>
  (await caller.get(`/journal?${query}`)).json<{ items: LigneJournal[]; suivant: string | null; total: null }>()

test('every act has its sentence: routes that write or open a session, reads that leave a line, acts of the functions, tasks', () => {
  const routes = Object.entries(ROUTES).filter(([, { effect }]) => effect !== 'read')
  const unsaid = routes.map(([name]) => name).filter((name) => sentenceOf(name) === JOURNAL_UNKNOWN)
  expect(unsaid).toEqual([])
  const root = fileURLToPath(new URL('../../../../../', import.meta.url))
  // the names that the functions write themselves: `noun.participle`, or the route's own
  const written = globSync('prisma/migrations/*/migration.sql', { cwd: root }).flatMap((file) =>
    [
      ...readFileSync(`${root}${file}`, 'utf8').matchAll(
        /'((?:session|consultation|recuperation|proconnect|invitation|compte|poste)\.[a-z_]+)'/g,
      ),
    ].map(([, action]) => action!),
  )
  const acts = [...new Set(written)].toSorted()
  expect(acts.filter((action) => !(action in JOURNAL_SENTENCES))).toEqual([])
  const tasks = Object.entries(TASKS).filter(([, task]) => typeof task === 'function')
  expect(tasks.map(([name]) => `job:${name}`).filter((action) => !(action in JOURNAL_SENTENCES))).toEqual([])
  expect(JOURNAL_CONNEXIONS.filter((action) => !(action in JOURNAL_SENTENCES) && !(action in ROUTES))).toEqual([])
  expect(sentenceOf('gone')).toBe(JOURNAL_UNKNOWN)
  console.log(`sentences of the journal: ${routes.length} routes, ${acts.length} acts, ${tasks.length} tasks`)
})

test('who did what, as sentences, the last first; a refusal says why', async () => {
  await admin.post(`/membres/${MEMBRE.t1.adhesionId}/revue`)
  await world.as('collectivite.lecteur').post(`/membres/${MEMBRE.t1.adhesionId}/revue`)
  const { items } = await journal()
  expect(items.slice(0, 2)).toMatchObject([
    { personne: 'Lou Essai', role: 'Lecture', action: 'reviewMembre', statut: 403, code: 'droit_absent', assistance: null },
    {
      personne: 'Claire Essai',
      role: 'Administration',
      libelle: 'Confirmer qu’un accès est toujours justifié (revue tous les 6 mois)',
      statut: 200,
    },
  ])
  expect((await journal('genre=refus')).items.every(({ statut }) => statut >= 400)).toBe(true)
  expect((await journal('genre=actes')).items.map(({ action }) => action)).toContain('reviewMembre')
  const byLou = await journal(`utilisateurId=${PEOPLE['collectivite.lecteur'].utilisateurId}`)
  expect(byLou.items.map(({ personne }) => personne)).toEqual(['Lou Essai'])
})

test('signing in says how; one’s own organisation alone is read', async () => {
  const { adhesionId } = PEOPLE['collectivite.gestionnaire']
  await newBrowser(world).post('/demo/session', { adhesionId })
  const { items } = await journal('genre=connexions')
  expect(items[0]).toMatchObject({ personne: 'Camille Essai', libelle: 'Se connecter\u00a0: Démonstration' })
  const stranger = await journal('taille=100', world.as('autre:collectivite.administrateur'))
  expect(JSON.stringify(stranger)).not.toContain('Essai')
  expect((await world.as('collectivite.gestionnaire').get('/journal')).statusCode).toBe(403)
  expect((await world.as('financeur.auditeur').get('/journal')).statusCode).toBe(200)
})

test('a look of the assistance shows both names, on both sides', async () => {
  const browser = newBrowser(world)
  const [name, value] = (await world.asWith('operateur.support', {}).cookie()).split('=', 2)
  browser.cookies.set(name!, value!)
  const opened = await browser.post('/session/consultation', {
    adhesionId: PEOPLE['collectivite.gestionnaire'].adhesionId,
    motif: 'La collectivité ne retrouve plus sa commande.',
  })
  expect(opened.statusCode).toBe(201)
  expect((await browser.get('/conventions')).statusCode).toBe(200)
  const { items } = await journal('genre=assistance')
  const look = { de: 'Sam Modèle', pour: 'Camille Essai' }
  expect(items.map(({ action, personne, assistance }) => [action, personne, assistance])).toEqual([
    ['listConventions', 'Sam Modèle', look],
    ['consultation.ouverte', 'Sam Modèle', look],
  ])
  const ofOperateur = await journal('genre=assistance', world.as('operateur.gestionnaire'))
  expect(ofOperateur.items[0]).toMatchObject({ action: 'consultation.ouverte', assistance: look })
})

test('pages go on without a line lost or twice, and their cursor holds no rank', async () => {
  for (let n = 0; n < 30; n++) await admin.post(`/membres/${MEMBRE.t1.adhesionId}/revue`)
  const { rows } = await world.sql.query<{ n: number; ids: string[] }>(
    'select count(*)::int n, array_agg(id::text) ids from audit_event where organisation_id = $1',
    [ORG.t1],
  )
  const seen: LigneJournal[] = []
  let after: string | null = ''
  while (after !== null) {
    const page = await journal(`taille=10${after && `&apres=${after}`}`)
    seen.push(...page.items)
    after = page.suivant
    if (after) {
      const cursor = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown[]
      expect(cursor).toEqual([expect.stringMatching(/Z$/), expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)])
    }
  }
  expect(seen).toHaveLength(rows[0]!.n)
  expect(seen.map(({ at }) => at)).toEqual(
    seen
      .map(({ at }) => at)
      .toSorted()
      .toReversed(),
  )
  expect((await admin.get('/journal?apres=bm9uc2Vuc2U')).statusCode).toBe(400)
})

test('days are those of Paris, in the calendar of the screens', async () => {
  // the database's clock is the true one, the tests' stands still
  const stored = (shown: string) => new Date(Date.parse(shown) + Date.now() - Date.parse(NOW))
  await world.sql.query(
    `insert into audit_event (at, organisation_id, utilisateur_id, action, statut) values ($3, $1, $2, 'session.ouverte', 201), ($4, $1, $2, 'session.fermee', 200)`,
    [ORG.t1, PEOPLE['collectivite.lecteur'].utilisateurId, stored('2026-01-31T22:59:00Z'), stored('2026-01-31T23:01:00Z')],
  )
  const last = await journal('du=2026-01-31&au=2026-01-31')
  expect(last.items.map(({ action }) => action)).toEqual(['session.ouverte'])
  expect(last.items[0]!.at.slice(0, 13)).toBe('2026-01-31T22')
  expect((await journal('du=2026-02-01&au=2026-02-01')).items.map(({ action }) => action)).toEqual(['session.fermee'])
  expect((await journal('du=2026-03-10&taille=10')).items).toHaveLength(10)
})

test('the file opens in a spreadsheet: BOM, semicolons, no cell that is a formula; its download is in the journal', async () => {
  await world.sql.query("update utilisateur set prenom = '=HYPERLINK(\"http://x\")', nom = '@mal' where id = $1", [
    PEOPLE['collectivite.lecteur'].utilisateurId,
  ])
  const response = await admin.get('/journal.csv?du=2026-01-01')
  expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
  expect(response.headers['content-disposition']).toContain('journal-2026-03-10.csv')
  expect(response.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  const rows = parse(response.rawPayload, { bom: true, delimiter: ';' })
  expect(rows[0]).toEqual(['Organisation', 'Jour', 'Heure', 'Personne', 'Rôle', 'Action', 'Résultat', 'Assistance'])
  expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
  expect(rows.some(([, jour, heure, qui]) => jour === '2026-02-01' && heure!.startsWith('00:0') && qui!.startsWith("'=HYPERLINK"))).toBe(
    true,
  )
  expect(rows.some(([, , , , , , resultat]) => resultat!.startsWith('Refusé\u00a0: '))).toBe(true)
  expect((await journal()).items[0]).toMatchObject({ action: 'downloadJournal', statut: 200 })
  const unproved = await world.asWith('collectivite.administrateur', { preuve: false }).get('/journal.csv')
  expect([unproved.statusCode, unproved.json().code]).toEqual([403, 'preuve_requise'])
  expect((await world.as('collectivite.lecteur').get('/journal.csv')).statusCode).toBe(403)
})

test('10 000 lines at most, within the time of a statement', async () => {
  await world.sql.query(
    `insert into audit_event (organisation_id, utilisateur_id, role, action, statut) select $1, $2, 'collectivite.lecteur', 'session.ouverte', 201 from generate_series(1, 10050)`,
    [ORG.t1, PEOPLE['collectivite.lecteur'].utilisateurId],
  )
  const t0 = performance.now()
  const response = await admin.get('/journal.csv')
  console.log(`journal of 10 000 lines: ${Math.round(performance.now() - t0)} ms`)
  expect(response.body.split('\r\n').filter(Boolean)).toHaveLength(10_001)
})
