import { Appel, Financement, financementRoutes } from '@pass/contracts/financement.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { APPEL, CONVENTION, ORG } from '../../../../../prisma/seed/base/ids.ts'
import { assertLedger } from '../../../test/ledger.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { use } from '../../../test/uses.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const admin = world.as('collectivite.administrateur')
const preparateur = world.as('operateur.finance_preparateur')
const ETAT = 'etat:état'
const COLLECTIVITE = 'collectivite:département de la creuse'
const situation = async (caller = admin) =>
  Financement.parse((await caller.get(`/financements?conventionId=${CONVENTION.cv1}`)).json().items[0])
const partOf = async (cle: string, caller = admin) => (await situation(caller)).financeurs.find((one) => one.cle === cle)!
const prepare = (cle: string, jusqua = '2026-03') => admin.post('/appels-de-fonds', { conventionId: CONVENTION.cv1, cle, jusqua })
const prepared = async (cle: string, jusqua?: string) => {
  const response = await prepare(cle, jusqua)
  expect(response.statusCode).toBe(201)
  return Appel.parse(response.json())
}
const act = (id: string, path: string, body?: unknown) => admin.post(`/appels-de-fonds/${id}/${path}`, body)
const codeOf = async (response: Promise<{ statusCode: number; json: () => { code?: string } }>) => {
  const answer = await response
  return [answer.statusCode, answer.json().code]
}
const RECETTE = { dateReception: '2026-04-05', referenceVirement: 'VIR-ETAT-1' }

beforeAll(async () => {
  await use(world, '2026-03-20T10:00:00+01:00', { rangs: [1, 2, 3, 4] })
  world.setClock('2026-04-05T10:00:00+02:00')
})

test('a closing charges its used pass to the financeurs by the key; everyone reads the same sum', async () => {
  expect((await preparateur.post('/clotures/2026-03')).statusCode).toBe(201)
  // 2 pass of February and 1 of March in the seed, 4 more of March: 10 € each, 60 / 20 / 20
  const whole = await situation()
  expect([whole.pass, whole.montantCentimes, whole.equilibre]).toEqual([7, 7000, true])
  expect(whole.financeurs.map(({ nom, cleBp, partCentimes }) => [nom, cleBp, partCentimes])).toEqual([
    ['Fonds social européen', 6000, 4200],
    ['État', 2000, 1400],
    ['Département de la Creuse', 2000, 1400],
  ])
  const read = await situation(world.as('operateur.support'))
  expect(read.financeurs.map(({ partCentimes }) => partCentimes)).toEqual([4200, 1400, 1400])
  const mine = await situation(world.as('financeur.lecteur'))
  expect([mine.montantCentimes, mine.equilibre, mine.financeurs.map(({ cle }) => cle)]).toEqual([4200, true, [ORG.fse]])
  const { rows } = await world.sql.query(
    'select count(*)::int n from bordereau_convention where convention_id = $1 and partage_id is null',
    [CONVENTION.cv1],
  )
  expect(rows[0].n).toBe(0)
  await assertLedger(world.sql)
})

test('each part opens the closing it comes from and the call it is in', async () => {
  const list = financementRoutes.listParts.response
  const path = `/conventions/${CONVENTION.cv1}/parts`
  const { items } = list.parse((await admin.get(`${path}?cle=${ORG.fse}`)).json())
  expect(items.map(({ mois, pass, montantCentimes, appel }) => [mois, pass, montantCentimes, appel?.numero])).toEqual([
    ['2026-03', 5, 3000, undefined],
    ['2026-02', 2, 1200, 'AF26-0001'],
  ])
  const seen: string[] = []
  let suivant: string | null = ''
  while (suivant !== null) {
    const page: ReturnType<typeof list.parse> = list.parse((await admin.get(`${path}?taille=10${suivant && `&apres=${suivant}`}`)).json())
    seen.push(...page.items.map(({ id }) => id))
    suivant = page.suivant
  }
  expect(new Set(seen).size).toBe(6)
})

test('E11: the call to the State is its share of the used pass less its advance, whatever was ordered', async () => {
  const { partCentimes, avanceCentimes, montantCentimes, statut, numero, pass, periodeDebut, periodeFin } = await prepared(ETAT)
  // 200 pass were ordered; 7 are used: 20 % of 70 €, less the 3 € of the seed
  expect({ partCentimes, avanceCentimes, montantCentimes }).toEqual({ partCentimes: 1400, avanceCentimes: 300, montantCentimes: 1100 })
  expect([statut, numero, pass, periodeDebut, periodeFin]).toEqual(['brouillon', null, 7, '2026-02', '2026-03'])
  expect((await partOf(ETAT)).avanceRestanteCentimes).toBe(0)
})

test('an advance is recorded once, by a financeur of the convention, on a day that has come', async () => {
  const record = (more: object) =>
    admin.post(`/conventions/${CONVENTION.cv1}/avances`, {
      cle: ETAT,
      montantCentimes: 500,
      dateVersement: '2026-03-01',
      reference: 'AVANCE-2',
      ...more,
    })
  expect(await codeOf(record({ cle: 'etat:inconnu' }))).toEqual([404, 'introuvable'])
  expect(await codeOf(record({ dateVersement: '2026-04-06' }))).toEqual([409, 'appel_date'])
  expect((await record({})).statusCode).toBe(201)
  expect(await codeOf(record({ montantCentimes: 501 }))).toEqual([409, 'avance_existante'])
  expect((await partOf(ETAT)).avancesCentimes).toBe(800)
})

test('a draft prepared again takes what came since; the call it becomes is numbered, received, and never sent twice', async () => {
  const draft = await prepared(ETAT)
  expect([draft.avanceCentimes, draft.montantCentimes]).toEqual([800, 600])
  const [early, invisible] = [
    await act(draft.id, 'recette', RECETTE),
    await world.as('financeur.lecteur').get(`/appels-de-fonds/${draft.id}`),
  ]
  expect([early.json().code, invisible.statusCode]).toEqual(['appel_statut', 404])
  const sent = await Promise.all([1, 2, 3].map(() => act(draft.id, 'envoi')))
  expect(sent.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
  const { rows } = await world.sql.query('select rang from appel_fonds where collectivite_id = $1 and annee = 2026 order by rang', [ORG.t1])
  expect(rows.map(({ rang }) => rang)).toEqual([1, 2])
  expect(await partOf(ETAT)).toMatchObject({ aAppelerCentimes: 0, appeleCentimes: 1400, recuCentimes: 0, brouillonId: null })
  expect(await codeOf(prepare(ETAT))).toEqual([409, 'appel_vide'])
  expect(await codeOf(act(draft.id, 'recette', { ...RECETTE, dateReception: '2026-04-06' }))).toEqual([409, 'appel_date'])
  expect(await codeOf(act(draft.id, 'recette', { ...RECETTE, dateReception: '2026-04-04' }))).toEqual([409, 'appel_date'])
  expect(Appel.parse((await act(draft.id, 'recette', RECETTE)).json())).toMatchObject({ statut: 'recu', dateReception: '2026-04-05' })
  expect(await codeOf(act(draft.id, 'refus', { motif: 'Trop tard.' }))).toEqual([409, 'appel_statut'])
  expect(await partOf(ETAT)).toMatchObject({ appeleCentimes: 0, recuCentimes: 1400 })
  await assertLedger(world.sql)
})

test('a refused call frees its parts: they are called again under another number', async () => {
  const first = await prepared(COLLECTIVITE)
  await act(first.id, 'envoi')
  const refused = Appel.parse((await act(first.id, 'refus', { motif: 'Pièce manquante.' })).json())
  expect([refused.statut, refused.motifRefus, refused.lignes.length]).toEqual(['refuse', 'Pièce manquante.', 2])
  expect(await partOf(COLLECTIVITE)).toMatchObject({ aAppelerCentimes: 1400, appeleCentimes: 0 })
  const again = await prepared(COLLECTIVITE)
  expect([again.id === first.id, again.montantCentimes]).toEqual([false, 1400])
  expect(Appel.parse((await act(again.id, 'envoi')).json()).numero).toBe('AF26-0004')
  expect((await situation()).equilibre).toBe(true)
  await assertLedger(world.sql)
})

test('a period leaves for later what closes after it', async () => {
  const lecteur = world.as('financeur.lecteur')
  // February is in the call of the seed
  expect(await codeOf(prepare(ORG.fse, '2026-02'))).toEqual([409, 'appel_vide'])
  const { id } = await prepared(ORG.fse)
  await act(id, 'envoi')
  const told = await world.sql.query("select lien from notification where organisation_id = $1 and code = 'appel_fonds'", [ORG.fse])
  expect(told.rows[0]?.lien).toBe(`/partenaire/appels-de-fonds/${id}`)
  const { items } = financementRoutes.listAppels.response.parse((await lecteur.get('/appels-de-fonds')).json())
  expect(items.map(({ numero, montantCentimes }) => [numero, montantCentimes])).toEqual([
    ['AF26-0005', 3000],
    ['AF26-0001', 1200],
  ])
})

test('the FSE reads its proofs: bordereaux, ateliers, digests of the attendance, and no person', async () => {
  const lecteur = world.as('financeur.auditeur')
  const proofs = (await lecteur.get(`/appels-de-fonds/${APPEL.t1}/preuves.csv`)).payload
  expect(proofs).toContain('B26-0001;2026-02;Tiers-lieu Le Chai')
  expect(proofs).toContain(';2;20,00;')
  for (const name of ['Basile', 'Blanche', 'Invent']) expect(proofs).not.toContain(name)
  const text = (await readPdf((await lecteur.get(`/appels-de-fonds/${APPEL.t1}/document.pdf`)).rawPayload))
    .map(({ text: one }) => one)
    .join('\n')
  for (const said of ['État des dépenses du Fonds social européen', 'AF26-0001', '12,00 €', 'Bordereaux : 1. Ateliers : 1.', 'SHA-256'])
    expect(text).toContain(said)
  const csv = (await lecteur.get(`/appels-de-fonds/${APPEL.t1}/lignes.csv`)).payload
  expect(csv).toContain('2026-02;2;60\u00a0%;0,00;12,00')
})

test('each reads its own: another collectivité, another financeur and the ANCT nothing; only the administrator prepares', async () => {
  for (const person of ['autre:collectivite.administrateur', 'autre:financeur.lecteur', 'autre:operateur.gestionnaire'] as const)
    for (const path of ['', '/document.pdf', '/preuves.csv', '/lignes.csv'])
      expect((await world.as(person).get(`/appels-de-fonds/${APPEL.t1}${path}`)).statusCode).toBe(404)
  expect((await world.as('anct.pilote').get('/financements')).statusCode).toBe(403)
  const body = { conventionId: CONVENTION.cv1, cle: ETAT, jusqua: '2026-03' }
  for (const person of ['collectivite.gestionnaire', 'operateur.gestionnaire', 'financeur.lecteur'] as const)
    expect((await world.as(person).post('/appels-de-fonds', body)).statusCode).toBe(403)
  expect((await world.as('autre:collectivite.administrateur').post('/appels-de-fonds', body)).statusCode).toBe(404)
  const other = financementRoutes.listFinancements.response.parse((await world.as('autre:financeur.lecteur').get('/financements')).json())
  expect(other.items.map(({ convention }) => convention.id)).toEqual([CONVENTION.cv2])
})

test('what was charged and called is never changed', async () => {
  for (const table of ['partage', 'partage_part', 'avance'])
    await expect(world.sql.query(`update ${table} set montant_centimes = 1`)).rejects.toThrow('only grows')
  await expect(
    world.sql.query("update appel_ligne set vivante = true where appel_id in (select id from appel_fonds where statut = 'refuse')"),
  ).rejects.toThrow('appel_ligne_vivante')
})
