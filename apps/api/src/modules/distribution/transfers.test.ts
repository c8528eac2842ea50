import { attributionRoutes } from '@pass/contracts/attributions.ts'
import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { prescriptionRoutes } from '@pass/contracts/prescriptions.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { afterAll, expect, test } from 'vitest'
import { ATTRIBUTION, CONVENTION, ORG, serieK } from '../../../../../prisma/seed/base/ids.ts'
import { readPdf } from '../../../test/read-pdf.ts'
import { createWorld } from '../../../test/world.ts'
import { prescriptions } from '../prescriptions/routes.ts'
import { attributions } from './attribution-routes.ts'
import { distribution } from './routes.ts'

const world = await createWorld({
  modules: [
    { routes: carnetRoutes, bind: distribution },
    { routes: attributionRoutes, bind: attributions },
    { routes: prescriptionRoutes, bind: prescriptions },
  ],
})
afterAll(() => world.close())

const collectivite = world.as('collectivite.gestionnaire')
const p1 = world.as('prescripteur.agent')
const p2 = world.as('p2:prescripteur.agent')
const serie = (n: number) => formatSerie(serieK(n))
const range = (premier: number, dernier = premier) => ({ premier: serie(premier), dernier: serie(dernier) })
const refusalOf = (answer: { statusCode: number; json: () => { code: string } }) => [answer.statusCode, answer.json().code]
const rowsOf = async (premier: number, dernier = premier) =>
  (
    await world.sql.query(
      `select (serie - $3)::int as k, statut, prescripteur_id as chez, destination_id as vers from carnet where serie between $1 and $2 order by serie`,
      [serieK(premier), serieK(dernier), serieK(1) - 1],
    )
  ).rows
const movesOf = async (n: number) =>
  (
    await world.sql.query(
      `select type, motif from mouvement where serie_premiere <= $1 and serie_derniere >= $1 and at >= '2026-03-01' order by at, id`,
      [serieK(n)],
    )
  ).rows

test('carnets scanned one by one leave in one parcel that says its ranges', async () => {
  const answer = await collectivite.post('/attributions/plages', {
    prescripteurId: ORG.p2,
    plages: [range(11), range(9), range(8), range(13, 14)],
  })
  expect(answer.statusCode).toBe(201)
  expect(answer.json().items).toMatchObject([
    {
      reference: 'A26-0003',
      sens: 'attribution',
      position: 'expediteur',
      seriePremiere: serie(8),
      serieDerniere: serie(14),
      carnets: 5,
      nombrePlages: 3,
      plages: [
        { premiere: serie(8), derniere: serie(9), carnets: 2 },
        { premiere: serie(11), derniere: serie(11), carnets: 1 },
        { premiere: serie(13), derniere: serie(14), carnets: 2 },
      ],
    },
  ])
  // the one in between stays
  expect(await rowsOf(10)).toEqual([{ k: 10, statut: 'livre', chez: null, vers: null }])
  expect(await movesOf(11)).toEqual([{ type: 'attribue', motif: null }])
  expect(await movesOf(10)).toEqual([])
})

test('all of what was scanned leaves, or nothing does; the carnet at fault is named', async () => {
  const answer = await collectivite.post('/attributions/plages', { prescripteurId: ORG.p2, plages: [range(10), range(12), range(15)] })
  expect(refusalOf(answer)).toEqual([409, 'stock_insuffisant'])
  expect(answer.json().message).toContain(serie(12))
  expect((await rowsOf(10))[0].vers).toBeNull()
  const twice = await collectivite.post('/attributions/plages', { prescripteurId: ORG.p2, plages: [range(15, 16), range(16)] })
  expect(refusalOf(twice)).toEqual([400, 'plage_invalide'])
  expect(twice.json().message).toContain(serie(16))
})

test('a transfer between prescripteurs: in transit it is counted at the sender, and neither of them hands it over (E21)', async () => {
  const answer = await collectivite.post('/transferts', { expediteurId: ORG.p1, destinataireId: ORG.p2, plages: [range(4)] })
  expect(answer.statusCode).toBe(201)
  const [parcel] = answer.json().items
  expect(parcel).toMatchObject({ sens: 'transfert', position: 'tiers', expediteur: { id: ORG.p1 }, destinataire: { id: ORG.p2 } })
  const { prescripteurs } = (await collectivite.get('/stock')).json()
  expect(prescripteurs.find(({ id }: { id: string }) => id === ORG.p1)).toMatchObject({ enTransit: 3, sortants: 1, enStock: 1 })
  expect(prescripteurs.find(({ id }: { id: string }) => id === ORG.p2)).toMatchObject({ enTransit: 5, sortants: 0, enStock: 1 })
  expect((await p2.get('/stock')).json().prescripteurs).toMatchObject([{ id: ORG.p2, enTransit: 6, sortants: 0, enStock: 1 }])
  for (const who of [p1, p2]) {
    const handed = await who.post('/prescriptions', {
      numero: serie(4),
      diagnostic: { reponses: [1, 1, 1], niveau: 'debutant', besoin: 'prendre_en_main' },
      public: 'senior',
      consentement: true,
      beneficiaire: null,
      derogation: null,
    })
    // whatever the form, the carnet does not leave
    expect(handed.statusCode).toBeGreaterThanOrEqual(400)
    expect((await who.get(`/carnets/recherche?numero=${encodeURIComponent(serie(4))}`)).json()).toMatchObject({ enTransit: true })
  }
  expect(refusalOf(await p1.post(`/attributions/${parcel.id}/accuse`))).toEqual([409, 'attribution_statut'])
  expect((await p2.post(`/attributions/${parcel.id}/accuse`)).json()).toMatchObject({ statut: 'accusee', position: 'destinataire' })
  expect(await rowsOf(4)).toEqual([{ k: 4, statut: 'attribue', chez: ORG.p2, vers: null }])
  expect(await movesOf(4)).toEqual([
    { type: 'transfere', motif: 'Vers Mission locale de la Creuse' },
    { type: 'accuse', motif: null },
  ])
})

test('a prescripteur returns carnets; the collectivité confirms, and they are in reserve again', async () => {
  const answer = await p2.post('/transferts', { expediteurId: null, destinataireId: null, plages: [range(4)] })
  expect(answer.json().items).toMatchObject([
    { sens: 'retour', position: 'expediteur', destinataire: { id: ORG.t1 }, prescripteur: { id: ORG.p2 } },
  ])
  const [{ id }] = answer.json().items
  expect(await rowsOf(4)).toEqual([{ k: 4, statut: 'attribue', chez: ORG.p2, vers: ORG.t1 }])
  expect(refusalOf(await p2.post(`/attributions/${id}/accuse`))).toEqual([409, 'attribution_statut'])
  expect((await p1.get(`/attributions/${id}`)).statusCode).toBe(404)
  expect((await collectivite.post(`/attributions/${id}/accuse`)).json()).toMatchObject({ statut: 'accusee', sens: 'retour' })
  expect(await rowsOf(4)).toEqual([{ k: 4, statut: 'livre', chez: null, vers: null }])
  expect((await movesOf(4)).at(-1)).toEqual({ type: 'rendu', motif: null })
  const again = await collectivite.post('/attributions', { prescripteurId: ORG.p1, premier: serie(4), carnets: 1 })
  expect(again.statusCode).toBe(201)
})

test('a parcel is called back by who sent it or by the collectivité, as long as it is on its way', async () => {
  const { id } = (await collectivite.post('/attributions', { prescripteurId: ORG.p2, premier: serie(15), carnets: 2 })).json()
  expect(refusalOf(await p2.post(`/attributions/${id}/rappel`))).toEqual([409, 'attribution_statut'])
  expect((await p1.post(`/attributions/${id}/rappel`)).statusCode).toBe(404)
  expect((await collectivite.post(`/attributions/${id}/rappel`)).json()).toMatchObject({ statut: 'annulee' })
  expect(await rowsOf(15)).toEqual([{ k: 15, statut: 'livre', chez: null, vers: null }])
  expect((await movesOf(16)).map(({ type }) => type)).toEqual(['attribue', 'rappele'])
  expect(refusalOf(await p2.post(`/attributions/${id}/accuse`))).toEqual([409, 'attribution_statut'])
  expect(refusalOf(await collectivite.post(`/attributions/${id}/rappel`))).toEqual([409, 'attribution_statut'])
})

test('prescripteurs exchange carnets only where the collectivité lets them', async () => {
  await world.sql.query(`update convention set prescripteur_ids = $2 where id = $1`, [CONVENTION.cv1, [ORG.p1, ORG.p2]])
  const exchange = (vers: string) => p1.post('/transferts', { expediteurId: null, destinataireId: vers, plages: [range(3)] })
  expect(refusalOf(await exchange(ORG.p2))).toEqual([409, 'transfert_non_permis'])
  expect((await rowsOf(3))[0].vers).toBeNull()
  expect((await p1.get('/transferts/destinataires')).json()).toMatchObject({ collectivites: [{ id: ORG.t1 }], points: [] })
  expect((await exchange(ORG.p9)).statusCode).toBe(404)
  expect(refusalOf(await exchange(ORG.p1))).toEqual([400, 'transfert_non_permis'])
  // the rule is the collectivité's own
  expect((await p1.put(`/conventions/${CONVENTION.cv1}/transferts`, { autorises: true })).statusCode).toBe(403)
  expect(
    (await world.as('autre:collectivite.gestionnaire').put(`/conventions/${CONVENTION.cv1}/transferts`, { autorises: true })).statusCode,
  ).toBe(404)
  expect((await collectivite.put(`/conventions/${CONVENTION.cv1}/transferts`, { autorises: true })).json()).toMatchObject({
    autorises: true,
  })
  expect((await collectivite.get('/transferts/regles')).json().items).toContainEqual(
    expect.objectContaining({ conventionId: CONVENTION.cv1, autorises: true }),
  )
  expect((await p1.get('/transferts/destinataires')).json().points).toMatchObject([{ id: ORG.p2 }])
  const sent = await exchange(ORG.p2)
  expect(sent.statusCode).toBe(201)
  // the number is the collectivité's, after its own
  expect(sent.json().items[0].reference).toMatch(/^A26-000\d$/)
  expect(refusalOf(await exchange(ORG.p2))).toEqual([409, 'stock_insuffisant'])
  const { rows } = await world.sql.query(
    `select count(distinct reference)::int as n, count(*)::int as m from attribution where collectivite_id = $1`,
    [ORG.t1],
  )
  expect(rows[0].n).toBe(rows[0].m)
})

test('a carnet blocked on the way stays with the sender, and no longer travels once the parcel is called back', async () => {
  const { items } = (await collectivite.post('/attributions/plages', { prescripteurId: ORG.p1, plages: [range(16), range(18)] })).json()
  const { rows } = await world.sql.query(`select public_id from carnet where serie = $1`, [serieK(18)])
  await collectivite.post(`/carnets/${rows[0].public_id}/blocage`, { motif: 'perdu', reference: null })
  await collectivite.post(`/attributions/${items[0].id}/rappel`)
  expect(await rowsOf(18)).toEqual([{ k: 18, statut: 'bloque', chez: null, vers: null }])
  expect((await collectivite.post(`/carnets/${rows[0].public_id}/deblocage`)).json()).toMatchObject({ statut: 'livre', enTransit: false })
})

test('strangers and readers: 404 and 403', async () => {
  const stranger = world.as('autre:collectivite.gestionnaire')
  expect((await stranger.get(`/attributions/${ATTRIBUTION.envoyee}/bordereau.pdf`)).statusCode).toBe(404)
  expect((await stranger.post(`/attributions/${ATTRIBUTION.envoyee}/rappel`)).statusCode).toBe(404)
  expect((await stranger.post('/transferts', { expediteurId: ORG.p1, destinataireId: null, plages: [range(3)] })).statusCode).toBe(404)
  expect(
    (await world.as('collectivite.lecteur').post('/transferts', { expediteurId: ORG.p1, destinataireId: null, plages: [range(3)] }))
      .statusCode,
  ).toBe(403)
  expect((await p2.get(`/attributions/${ATTRIBUTION.envoyee}/bordereau.pdf`)).statusCode).toBe(404)
  // an operator reads carnets, and has no parcel
  const operateur = world.as('operateur.support')
  for (const path of ['', '/bordereau.pdf'])
    expect((await operateur.get(`/attributions/${ATTRIBUTION.envoyee}${path}`)).statusCode).toBe(404)
  expect((await operateur.get('/attributions.csv')).body.trim().split('\r\n')).toHaveLength(1)
})

test('seven days without a receipt: the parcel is late, in the list, its filter and the file', async () => {
  const late = (await collectivite.get('/attributions?enRetard=true')).json()
  expect(late.items.map(({ id }: { id: string }) => id)).toEqual([ATTRIBUTION.envoyee])
  expect(late).toMatchObject({ total: 1, items: [{ enRetard: true }] })
  const file = await collectivite.get('/attributions.csv?enRetard=true')
  expect(file.headers['content-type']).toContain('text/csv')
  const lines = file.body.replace('\ufeff', '').trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^Organisation;Attribution;Sens;De;Vers/)
  expect(lines[1]).toContain(';A26-0002;Attribution;Département de la Creuse;CCAS de Bonnat;')
  expect(lines[1]).toMatch(/;En route;18\/01\/2026;;oui$/)
  const all = await collectivite.get('/attributions.csv')
  expect(all.body.trim().split('\r\n')).toHaveLength((await collectivite.get('/attributions')).json().total + 1)
})

test('the slip says who, to whom and which numbers, to both parties', async () => {
  const { items } = (await collectivite.get('/attributions')).json()
  const many = items.find(({ nombrePlages }: { nombrePlages: number }) => nombrePlages === 3)
  const answer = await p2.get(`/attributions/${many.id}/bordereau.pdf`)
  expect(answer.headers['content-type']).toContain('application/pdf')
  const text = (await readPdf(answer.rawPayload)).map((page) => page.text).join(' ')
  for (const said of [
    `Bordereau d’attribution ${many.reference}`,
    'Mission locale de la Creuse',
    'Département de la Creuse',
    serie(8),
    serie(13),
    '5 carnets en tout',
  ])
    expect(text.replaceAll('\u00a0', ' ')).toContain(said.replaceAll('\u00a0', ' '))
  expect((await collectivite.get(`/attributions/${many.id}/bordereau.pdf`)).rawPayload.equals(answer.rawPayload)).toBe(true)
})

test('transfers and returns of the same carnets at once: each carnet is in one parcel, its own', async () => {
  await world.sql.query(
    `update carnet set statut = 'attribue', prescripteur_id = $3, destination_id = null, attribue_at = now(), statut_avant_blocage = null, motif_blocage = null
      where serie between $1 and $2`,
    [serieK(13), serieK(18), ORG.p1],
  )
  const before = new Set((await collectivite.get('/attributions?taille=100')).json().items.map(({ id }: { id: string }) => id))
  const send = async (i: number) => {
    const plages = [range(13 + (i % 5), 14 + (i % 5))]
    const back = i % 2 === 0
    for (;;) {
      const answer = back
        ? await p1.post('/transferts', { expediteurId: null, destinataireId: null, plages })
        : await collectivite.post('/transferts', { expediteurId: ORG.p1, destinataireId: ORG.p2, plages })
      if (answer.statusCode !== 503) return answer
    }
  }
  const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => send(i)))
  const refused = answers.filter(({ statusCode }) => statusCode !== 201).map((answer) => answer.json().code)
  expect(refused.filter((code) => code !== 'stock_insuffisant')).toEqual([])
  const { items } = (await collectivite.get('/attributions?taille=100')).json()
  const made = items.filter(({ id }: { id: string }) => !before.has(id)).map(({ id }: { id: string }) => id)
  expect(made).toHaveLength(answers.length - refused.length)
  expect(made.length).toBeGreaterThan(0)
  const { rows } = await world.sql.query(
    `select c.destination_id is not null as travels, count(a.id)::int as parcels,
            coalesce(bool_and(c.destination_id = coalesce(a.prescripteur_id, a.collectivite_id)), true) as its_own
       from carnet c left join attribution a on a.plages @> c.serie and a.id = any($3::uuid[])
      where c.serie between $1 and $2 group by c.serie, c.destination_id`,
    [serieK(13), serieK(18), made],
  )
  expect(rows).toHaveLength(6)
  expect(rows.every(({ travels, parcels, its_own }) => parcels === (travels ? 1 : 0) && its_own)).toBe(true)
}, 60_000)
