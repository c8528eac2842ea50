import { Convention } from '@pass/contracts/conventions.ts'
import { type VersionSummary, Version } from '@pass/contracts/conventions-versions.ts'
import { afterAll, expect, test } from 'vitest'
import { CONVENTION, LIEU, LOT, type PersonKey } from '../../../../../prisma/seed/base/ids.ts'
import { handOut, openAtelier } from '../../../test/counter.ts'
import { prepared, signAll, signed, signer, TERMES } from '../../../test/conventions.ts'
import { createWorld } from '../../../test/world.ts'

const world = await createWorld()
afterAll(() => world.close())

const OBJET = 'Allonger la tolérance.'
const amend = (id: string, changes: object = {}, role: PersonKey = 'collectivite.gestionnaire') =>
  world.as(role).post(`/conventions/${id}/versions`, { objet: OBJET, ...TERMES, toleranceJours: 45, prolongations: [], ...changes })
const convention = async (id: string) => Convention.parse((await world.as('collectivite.lecteur').get(`/conventions/${id}`)).json())
const version = async (id: string, numero: number, role: PersonKey = 'collectivite.lecteur') =>
  Version.parse((await world.as(role).get(`/conventions/${id}/versions/${numero}`)).json())
const list = async (id: string): Promise<VersionSummary[]> =>
  (await world.as('collectivite.lecteur').get(`/conventions/${id}/versions`)).json().items
const codeOf = ({ statusCode, json }: Awaited<ReturnType<typeof amend>>) => [statusCode, json().code]
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('a convention has one version until its first avenant, which is itself', async () => {
  const id = await signed(world)
  expect((await list(id)).map(({ numero, titre, statut, dateEffet }) => [numero, titre, statut, dateEffet])).toEqual([
    [1, 'Convention initiale', 'en_vigueur', '2026-03-10'],
  ])
  const { termes, differences } = await version(id, 1)
  expect([termes.toleranceJours, termes.territoire, differences]).toEqual([30, ['D23'], []])
})

test('an avenant says what it changes, and takes effect with its last signature; the old version stays readable', async () => {
  const id = await signed(world)
  const made = await amend(id, { montantCentimes: 15_000_000 })
  expect([made.statusCode, made.json().numero, made.json().statut]).toEqual([201, 2, 'brouillon'])
  expect(
    made.json().differences.map(({ libelle, avant, apres }: Record<string, string>) => [libelle, plain(avant!), plain(apres!)]),
  ).toEqual([
    ['Montant', '120 000,00 €', '150 000,00 €'],
    ['Tolérance après la validité', '30 jours', '45 jours'],
  ])
  expect(made.json().signaturesManquantes).toHaveLength(3)
  expect(await signAll(world, id, 2, [1, 3])).toEqual([200, 200])
  expect(await convention(id)).toMatchObject({ toleranceJours: 30, version: 1 })
  world.setClock('2026-04-02T09:00:00+02:00')
  expect(await signAll(world, id, 2, [2])).toEqual([200])
  expect(await convention(id)).toMatchObject({ toleranceJours: 45, montantCentimes: 15_000_000, version: 2, statut: 'signee' })
  expect((await convention(id)).financeurs.map(({ dateSignature }) => dateSignature)).toEqual(['2026-03-10', '2026-04-02', '2026-03-10'])
  world.setClock('2026-03-10T09:00:00+01:00')
  expect((await list(id)).map(({ numero, statut, dateEffet, dateRemplacement }) => [numero, statut, dateEffet, dateRemplacement])).toEqual([
    [2, 'en_vigueur', '2026-04-02', null],
    [1, 'remplacee', '2026-03-10', '2026-04-02'],
  ])
  const former = await version(id, 1)
  expect([former.termes.toleranceJours, former.termes.montantCentimes]).toEqual([30, 12_000_000])
  expect(former.financeurs.map(({ dateSignature }) => dateSignature)).toEqual(['2026-03-10', '2026-03-10', '2026-03-10'])
})

test('redeem obeys the version in force: a lieu left out of the list is refused from the last signature on', async () => {
  const [carnet] = await handOut(world, 1)
  const atelier = await openAtelier(world)
  const use = (n: number) => world.as('structure.mediateur').post(`/ateliers/${atelier}/utilisations`, { pass: [carnet!.codes[n]] })
  const before = await convention(CONVENTION.cv1)
  const changes = { ...before, lieuxAdmis: 'liste', lieux: [LIEU.l2] }
  const financeurs = before.financeurs.map(({ nature, nom, cleBp, plafondCentimes, estRepli }) => ({
    nature,
    nom,
    cleBp,
    plafondCentimes,
    estRepli,
  }))
  const keys = Object.keys(TERMES) as (keyof typeof TERMES)[]
  const termes = Object.fromEntries(keys.map((key) => [key, (changes as Record<string, unknown>)[key]]))
  const made = await amend(CONVENTION.cv1, { ...termes, financeurs, toleranceJours: 30 })
  expect([made.statusCode, made.json().numero]).toEqual([201, 3])
  await signAll(world, CONVENTION.cv1, 3, [1, 2])
  expect((await use(0)).statusCode).toBe(201)
  await signAll(world, CONVENTION.cv1, 3, [3])
  const refused = await use(1)
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'lieu_non_admis'])
})

test('the end of validity of a lot moves by avenant alone, with its carnets, by the job', async () => {
  const before = await convention(CONVENTION.cv1)
  const { lieux } = (await version(CONVENTION.cv1, before.version)).termes
  const financeurs = before.financeurs.map(({ nature, nom, cleBp, plafondCentimes, estRepli }) => ({
    nature,
    nom,
    cleBp,
    plafondCentimes,
    estRepli,
  }))
  const termes = Object.fromEntries(Object.keys(TERMES).map((key) => [key, (before as Record<string, unknown>)[key]]))
  const body = { ...termes, lieux, financeurs, prolongations: [{ lotId: LOT.l1, dateFin: '2026-12-31' }] }
  expect(codeOf(await amend(CONVENTION.cv1, { ...body, prolongations: [{ lotId: LOT.l9, dateFin: '2026-12-31' }] }))).toEqual([
    409,
    'convention_invalide',
  ])
  const made = await amend(CONVENTION.cv1, body)
  expect([made.statusCode, made.json().differences.map(({ avant, apres }: Record<string, string>) => [avant, apres])]).toEqual([
    201,
    [['30/06/2026', '31/12/2026']],
  ])
  await signAll(world, CONVENTION.cv1, made.json().numero)
  await world.runJobs()
  await world.runJobs()
  const { rows } = await world.sql.query(
    `select date_fin::text fin, count(*)::int n, bool_or(statut = 'annule') annule from carnet where lot_id = $1 group by 1 order by 1`,
    [LOT.l1],
  )
  // the cancelled one keeps its day
  expect(rows).toEqual([
    { fin: '2026-06-30', n: 1, annule: true },
    { fin: '2026-12-31', n: 19, annule: false },
  ])
  const lot = await world.sql.query(`select date_fin::text fin from lot where id in ($1, $2) order by 1`, [LOT.l1, LOT.l9])
  expect(lot.rows).toEqual([{ fin: '2026-06-30' }, { fin: '2026-12-31' }])
})

test('one avenant at a time, written again, then given up; nothing else changes', async () => {
  const id = await signed(world)
  expect(codeOf(await amend(id, { toleranceJours: 30 }))).toEqual([409, 'avenant_sans_changement'])
  await amend(id)
  expect(codeOf(await amend(id))).toEqual([409, 'avenant_en_cours'])
  const rewrite = (changes: object) =>
    world.as('collectivite.gestionnaire').put(`/conventions/${id}/versions/2`, { objet: OBJET, ...TERMES, prolongations: [], ...changes })
  expect((await rewrite({ validiteMois: 24 })).json().differences.map(({ champ }: { champ: string }) => champ)).toEqual(['validiteMois'])
  await signAll(world, id, 2, [1])
  expect(codeOf(await rewrite({ validiteMois: 20 }))).toEqual([409, 'signature_presente'])
  expect((await rewrite({ validiteMois: 20, recommencer: true })).json().signaturesManquantes).toHaveLength(3)
  const abandon = (role: PersonKey) => world.as(role).post(`/conventions/${id}/versions/2/abandon`, { motif: 'Plus utile.' })
  expect((await abandon('collectivite.lecteur')).statusCode).toBe(403)
  expect((await abandon('autre:collectivite.gestionnaire')).statusCode).toBe(404)
  expect((await abandon('collectivite.gestionnaire')).json()).toMatchObject({ statut: 'abandonnee', motifAbandon: 'Plus utile.' })
  expect(codeOf(await abandon('collectivite.gestionnaire'))).toEqual([409, 'avenant_statut'])
  expect(await signAll(world, id, 2, [1])).toEqual([409])
  expect(await convention(id)).toMatchObject({ version: 1, validiteMois: 12 })
  expect((await amend(id)).json().numero).toBe(3)
})

test('two last signatures at once: both are recorded, and the avenant is in force once', async () => {
  const id = await signed(world)
  await amend(id)
  await signAll(world, id, 2, [3])
  const sign = (rang: number) => world.as(signer(rang)).post(`/conventions/${id}/versions/2/signatures`, { rang, signataire: 'Ada Martin' })
  expect((await Promise.all([sign(1), sign(2)])).map(({ statusCode }) => statusCode)).toEqual([200, 200])
  expect((await convention(id)).version).toBe(2)
  const twice = await Promise.all([amend(id, { toleranceJours: 50 }), amend(id, { toleranceJours: 60 })])
  expect(twice.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409])
})

test('who may: a brouillon is not amended, a stranger gets 404, each reads its own share', async () => {
  expect(codeOf(await amend(await prepared(world)))).toEqual([409, 'convention_statut'])
  expect((await amend(CONVENTION.cv1, {}, 'autre:collectivite.gestionnaire')).statusCode).toBe(404)
  expect((await amend(CONVENTION.cv1, {}, 'anct.pilote')).statusCode).toBe(403)
  expect((await version(CONVENTION.signee, 2, 'financeur.lecteur')).financeurs.map(({ nom }) => nom)).toEqual(['Fonds social européen'])
  expect((await version(CONVENTION.signee, 2, 'operateur.support')).financeurs).toEqual([])
  expect((await world.as('autre:operateur.support').get(`/conventions/${CONVENTION.cv1}/versions/1`)).statusCode).toBe(404)
  expect((await world.as('collectivite.lecteur').get(`/conventions/${CONVENTION.cv1}/versions/99`)).statusCode).toBe(404)
})

test('a signature keeps its day and its scan, which its two parties read', async () => {
  const id = await signed(world)
  await amend(id)
  const pieces = `/conventions/${id}/pieces`
  const send = (who: PersonKey, octets: string, nom = 'avenant signé.pdf') =>
    world
      .as(who)
      .post(pieces, Buffer.from(octets), { headers: { 'content-type': 'application/pdf', 'x-nom-fichier': encodeURIComponent(nom) } })
  const scan = await send('collectivite.administrateur', '%PDF-1.7 signé\n%%EOF\n')
  expect([scan.statusCode, scan.json().nom]).toEqual([201, 'avenant signé.pdf'])
  expect(codeOf(await send('collectivite.administrateur', 'MZ un programme'))).toEqual([400, 'piece_type'])
  expect((await send('collectivite.gestionnaire', '%PDF-1.7 x\n%%EOF\n')).statusCode).toBe(403)
  const sign = (body: object) =>
    world.as('collectivite.administrateur').post(`/conventions/${id}/versions/2/signatures`, { rang: 1, signataire: 'Ada Martin', ...body })
  expect(codeOf(await sign({ dateSignature: '2026-03-11' }))).toEqual([400, 'convention_invalide'])
  expect(codeOf(await sign({ pieceId: id }))).toEqual([409, 'convention_invalide'])
  const pieceId = scan.json().id
  const answer = await sign({ dateSignature: '2026-02-27', pieceId })
  expect(answer.json().financeurs[0]).toMatchObject({ dateSignature: '2026-02-27', pieceId })
  expect(codeOf(await sign({}))).toEqual([409, 'avenant_statut'])
  const read = (who: PersonKey) => world.as(who).get(`${pieces}/${pieceId}`)
  expect((await read('anct.instructeur')).rawPayload.toString()).toBe('%PDF-1.7 signé\n%%EOF\n')
  expect((await read('operateur.support')).statusCode).toBe(404)
  expect((await read('autre:collectivite.lecteur')).statusCode).toBe(404)
  expect((await world.as('collectivite.lecteur').get(`/conventions/${CONVENTION.cv1}/pieces/${pieceId}`)).statusCode).toBe(404)
})
